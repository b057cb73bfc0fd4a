package fr.relais.pathway.web;

import fr.relais.events.Addressee;
import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.Problem;
import fr.relais.kit.problem.ProblemTitles;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.web.Answers;
import fr.relais.kit.web.AtLeast;
import fr.relais.kit.web.Request;
import fr.relais.pathway.application.Pathways;
import fr.relais.pathway.domain.Circumstances;
import fr.relais.pathway.domain.Handoff;
import fr.relais.pathway.domain.HandoffIds;
import fr.relais.pathway.domain.Pathway;
import fr.relais.pathway.domain.PathwayCommand;
import fr.relais.pathway.domain.Professional;
import fr.relais.pathway.domain.Step;
import fr.relais.pathway.view.CallCode;
import fr.relais.pathway.view.Colleagues;
import fr.relais.pathway.view.HandoffRow;
import fr.relais.pathway.view.PathwayView;
import fr.relais.pathway.view.PathwayViews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The same for many at once, each by itself: one that cannot be done stops none of the others, and under one {@code
 * Idempotency-Key} each is done once, also when the call is repeated with fewer or more of them. With {@code dryRun=true}
 * nothing is done, and each says what would be.
 */
@RestController
@RequestMapping("/api/v1")
class BulkController {

    /** So many at once, and no more. */
    private static final int MOST = 100;

    private final Pathways pathways;
    private final PathwayViews views;
    private final Colleagues colleagues;
    private final ProblemTitles titles;

    BulkController(Pathways pathways, PathwayViews views, Colleagues colleagues, ProblemTitles titles) {
        this.pathways = pathways;
        this.views = views;
        this.colleagues = colleagues;
        this.titles = titles;
    }

    /** Ids of what is read. */
    record IdsBody(@Nullable List<String> ids) {}

    /** What is taken back. */
    record WithdrawBody(@Nullable List<String> handoffs) {}

    /** What is offered: a handoff that somebody has, or a step of a pathway, held or not. */
    record Item(
            @Nullable String handoff,
            @Nullable String pathway,
            @Nullable String step) {}

    /** What is offered, and to whom; the directory is asked for each where nobody is named. */
    record OfferBody(
            @Nullable List<Item> items,
            @Nullable List<Party> to,
            @Nullable String profession) {}

    /** What one item of the request was; part of what a repeat must have in common with the first. */
    private record Asked(Item item, List<Addressee> to) {}

    /**
     * What became of one item, or what would.
     *
     * @param result {@code done}, {@code refused}; {@code would-be-done} where it was only tried
     * @param responsible who answers for the step then: the holder, until somebody accepts
     * @param offers who is asked then
     * @param refusal why not
     */
    record Result(
            Item item,
            String result,
            @Nullable String responsible,
            List<Offer> offers,
            boolean directoryAsked,
            @Nullable Refusal refusal) {}

    /** Who is asked, and until when. */
    record Offer(String to, Instant answerBy) {}

    /** Why something is not done; the code is that of the same call for one alone. */
    record Refusal(int status, String code, String title, String detail) {}

    /** What became of all. */
    record Results(boolean dryRun, List<Result> items) {}

    /** Several pathways at once; those that are not there for the caller are left out. */
    @PostMapping("/pathways/bulk/read")
    ResponseEntity<List<PathwayBody>> pathways(@RequestBody IdsBody body, Caller caller, AtLeast atLeast) {
        boolean behind = atLeast.behind(views::sequenceOf);
        List<Viewed<PathwayView>> found = views.pathways(bounded(body.ids())).stream()
                .filter(viewed -> Concern.of(caller, viewed.document()) != Concern.NONE)
                .toList();
        return Answers.list(
                behind || found.stream().anyMatch(Viewed::stale),
                found.stream()
                        .map(viewed -> PathwayBody.of(
                                viewed.document(),
                                Concern.of(caller, viewed.document()).knowsPatient()))
                        .toList());
    }

    /**
     * Those that bear a code which somebody was told on the phone, by id; those that are not there for the caller are left out,
     * so that a page may be short.
     */
    @GetMapping("/pathways")
    ResponseEntity<Page<PathwayBody>> pathways(@RequestParam String code, Paging paging, Caller caller) {
        CallCode asked = CallCode.read(code)
                .orElseThrow(() -> Problems.badRequest(
                        "code-malformed", "A code is a letter and three digits, as K7-42; ask for it again."));
        Page<Viewed<PathwayView>> page = views.pathways(asked, paging);
        List<Viewed<PathwayView>> found = page.items().stream()
                .filter(viewed -> Concern.of(caller, viewed.document()) != Concern.NONE)
                .toList();
        return Answers.list(
                found.stream().anyMatch(Viewed::stale),
                new Page<>(
                        found.stream()
                                .map(viewed -> PathwayBody.of(
                                        viewed.document(),
                                        Concern.of(caller, viewed.document()).knowsPatient()))
                                .toList(),
                        page.next()));
    }

    /** Several handoffs at once; those that are not there for the caller are left out. */
    @PostMapping("/handoffs/bulk/read")
    ResponseEntity<List<HandoffBody>> handoffs(@RequestBody IdsBody body, Caller caller, AtLeast atLeast) {
        boolean behind = atLeast.behind(views::sequenceOf);
        Set<String> audience = Acting.audience(caller, colleagues);
        List<Viewed<HandoffRow>> found = views.handoffs(bounded(body.ids())).stream()
                .filter(viewed -> HandoffsController.isConcerned(caller, audience, viewed.document()))
                .toList();
        return Answers.list(
                behind || found.stream().anyMatch(Viewed::stale),
                found.stream()
                        .map(viewed -> HandoffBody.of(viewed.document(), caller, audience))
                        .toList());
    }

    /** Offers many steps anew; whoever has one stays responsible until somebody accepts. */
    @PostMapping("/handoffs/bulk/offer")
    Results offer(
            @RequestBody OfferBody body,
            @RequestParam(defaultValue = "false") boolean dryRun,
            Request request,
            @RequestHeader HttpHeaders headers) {
        Locale language = ProblemTitles.language(headers);
        // Many at once: each answers for itself who may, and this says nothing of any of them.
        List<Addressee> to = HandoffsController.addressees(
                new HandoffsController.ReassignBody(body.to(), body.profession()), () -> {});
        Professional by = Acting.professional(request.caller());
        List<Result> results = new ArrayList<>();
        for (Item item : bounded(body.items())) {
            results.add(one(item, new Asked(item, to), dryRun, request, language, given -> {
                String handoff = item.handoff();
                String step = item.step();
                return handoff != null
                        ? new PathwayCommand.Reassign(given, handoff, by, to)
                        : new PathwayCommand.OfferStep(given, step == null ? "" : step, by, to);
            }));
        }
        return new Results(dryRun, results);
    }

    /** Takes many handoffs back; for each, who answered before answers again, and others are asked. */
    @PostMapping("/handoffs/bulk/withdraw")
    Results withdraw(
            @RequestBody WithdrawBody body,
            @RequestParam(defaultValue = "false") boolean dryRun,
            Request request,
            @RequestHeader HttpHeaders headers) {
        Locale language = ProblemTitles.language(headers);
        Professional by = Acting.professional(request.caller());
        List<Result> results = new ArrayList<>();
        for (String handoff : bounded(body.handoffs())) {
            Item item = new Item(handoff, null, null);
            results.add(one(
                    item, item, dryRun, request, language, given -> new PathwayCommand.Withdraw(given, handoff, by)));
        }
        return new Results(dryRun, results);
    }

    private Result one(
            Item item,
            Object asked,
            boolean dryRun,
            Request request,
            Locale language,
            Function<Circumstances, PathwayCommand> command) {
        String handoff = item.handoff();
        Optional<String> pathway =
                handoff == null ? Optional.ofNullable(item.pathway()) : HandoffIds.pathwayOf(handoff);
        if (pathway.isEmpty() || (handoff == null && item.step() == null)) {
            return refused(
                    item,
                    Rejection.invalid("items-missing", "Each item names a handoff, or a pathway and a step of it."),
                    language);
        }
        CommandContext context =
                request.command(asked).forStream(handoff == null ? pathway.get() + "/" + item.step() : handoff);
        Outcome<Pathway> outcome = dryRun
                ? pathways.preview(pathway.get(), context, command)
                : pathways.run(pathway.get(), context, command);
        return switch (outcome) {
            case Outcome.Refused<Pathway> refused -> refused(item, refused.reason(), language);
            case Outcome.Done<Pathway> done -> done(item, dryRun, step(done.state(), item));
        };
    }

    private Result refused(Item item, Rejection reason, Locale language) {
        Problem problem = Problem.of(reason);
        return new Result(
                item,
                "refused",
                null,
                List.of(),
                false,
                new Refusal(
                        problem.status(),
                        problem.code(),
                        titles.title(problem.code(), language).orElse(problem.code()),
                        titles.detail(problem, language)));
    }

    private static Result done(Item item, boolean dryRun, @Nullable Step step) {
        String result = dryRun ? "would-be-done" : "done";
        if (step == null) {
            return new Result(item, result, null, List.of(), false, null);
        }
        Step.Quest quest = switch (step.stand()) {
            case Step.Stand.Held held -> held.quest();
            case Step.Stand.Unheld unheld -> unheld.quest();
            case Step.Stand.Done _ -> new Step.Quest.Idle();
        };
        List<Offer> offers = quest instanceof Step.Quest.Offering offering
                ? offering.offers().values().stream().map(BulkController::offer).toList()
                : List.of();
        return new Result(item, result, step.responsible().key(), offers, quest instanceof Step.Quest.Seeking, null);
    }

    private static Offer offer(Handoff.Offered offered) {
        return new Offer(offered.to().key(), offered.answerBy());
    }

    private static @Nullable Step step(Pathway state, Item item) {
        if (!(state instanceof Pathway.Opened opened)) {
            return null;
        }
        String handoff = item.handoff();
        return opened.steps().byKey().values().stream()
                .filter(step -> handoff == null
                        ? step.key().equals(item.step())
                        : step.handoff(handoff).isPresent())
                .findFirst()
                .orElse(null);
    }

    /** Each once, in the order they were named. */
    private static <T> List<T> bounded(@Nullable List<T> named) {
        if (named == null || named.isEmpty()) {
            throw Problems.badRequest("items-missing", "Name what is meant, up to " + MOST + " at once.");
        }
        if (named.size() > MOST) {
            throw Problems.badRequest(
                    "too-many-items", "Name at most " + MOST + " at once; send the rest in another request.");
        }
        return List.copyOf(new LinkedHashSet<>(named));
    }
}
