package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.Boards;
import fr.relais.console.api.Names;
import fr.relais.console.api.Pathway;
import fr.relais.console.api.Pathways;
import fr.relais.console.api.Reoffers;
import fr.relais.console.api.Template;
import fr.relais.console.api.Wards;
import fr.relais.console.web.Texts.Reader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws what offering many steps would do, or did: one call for all of them, one for what they are, one for titles. */
@Component
class ReofferPage {

    private static final Pattern ITEM = Pattern.compile("([A-Za-z0-9-]{1,100})/([A-Za-z0-9-]{1,100})");

    private final Boards boards;
    private final Wards wards;
    private final Pathways pathways;
    private final Names names;
    private final Texts texts;
    private final Once once;

    ReofferPage(Boards boards, Wards wards, Pathways pathways, Names names, Texts texts, Once once) {
        this.boards = boards;
        this.wards = wards;
        this.pathways = pathways;
        this.names = names;
        this.texts = texts;
        this.once = once;
    }

    /** What the ticks of a list mean; what nobody can read is left out. */
    static List<Reoffers.Item> items(@Nullable List<String> ticked) {
        return ticked == null
                ? List.of()
                : ticked.stream()
                        .map(ITEM::matcher)
                        .filter(Matcher::matches)
                        .map(found -> new Reoffers.Item(found.group(1), found.group(2)))
                        .distinct()
                        .toList();
    }

    static String item(String pathway, String step) {
        return pathway + "/" + step;
    }

    /** Nothing is done yet. */
    Reoffer preview(Visitor visitor, List<Reoffers.Item> items, String back) {
        return draw(visitor, boards.offer(visitor, items, true, null), back);
    }

    /** It is done; each under the same key once. */
    Reoffer offer(Visitor visitor, List<Reoffers.Item> items, String back, String key) {
        return draw(visitor, boards.offer(visitor, items, false, key), back);
    }

    private Reoffer draw(Visitor visitor, Reoffers reoffers, String back) {
        Reader reader = texts.in(visitor.language());
        Map<String, Pathway> known = wards
                .pathways(
                        visitor,
                        reoffers.items().stream()
                                .map(result -> result.item().pathway())
                                .distinct()
                                .toList())
                .stream()
                .collect(Collectors.toMap(Pathway::id, Function.identity(), (one, same) -> one));
        Map<String, Template> templates = pathways.templates(visitor).stream()
                .collect(Collectors.toMap(Template::id, Function.identity(), (one, same) -> one));
        Map<String, String> called = names.of(
                visitor,
                Stream.concat(
                                known.values().stream().map(pathway -> Names.commune(pathway.commune())),
                                reoffers.items().stream()
                                        .flatMap(result -> Stream.concat(
                                                Stream.ofNullable(result.responsible()),
                                                offers(result).stream().map(Reoffers.Offer::to))))
                        .toList());
        List<Reoffer.Row> rows = reoffers.items().stream()
                .map(result ->
                        row(result, Optional.ofNullable(known.get(result.item().pathway())), templates, called, reader))
                .toList();
        return new Reoffer(
                !reoffers.dryRun(),
                rows.stream().filter(row -> row.why() == null).toList(),
                rows.stream().filter(row -> row.why() != null).toList(),
                back,
                once.fresh());
    }

    private static Reoffer.Row row(
            Reoffers.Result result,
            Optional<Pathway> pathway,
            Map<String, Template> templates,
            Map<String, String> called,
            Reader reader) {
        Reoffers.Item item = result.item();
        Reoffers.Refused refusal = result.refusal();
        String word = reader.language().getLanguage();
        Optional<Template> template = pathway.map(one -> templates.get(one.template()));
        return new Reoffer.Row(
                item(item.pathway(), item.step()),
                item.pathway(),
                template.flatMap(one -> one.steps().stream()
                                .filter(step -> step.key().equals(item.step()))
                                .findFirst())
                        .map(step -> step.title().getOrDefault(word, step.key()))
                        .orElse(item.step()),
                template.map(one -> one.title().getOrDefault(word, one.key())).orElse(""),
                pathway.map(one -> reader.place(one.commune(), called)).orElse(""),
                refusal == null && result.responsible() != null
                        ? called.getOrDefault(result.responsible(), result.responsible())
                        : null,
                refusal == null ? asked(result, called, reader) : null,
                refusal == null ? null : Objects.requireNonNullElse(refusal.detail(), refusal.title()));
    }

    private static String asked(Reoffers.Result result, Map<String, String> called, Reader reader) {
        List<Reoffers.Offer> offers = offers(result);
        return offers.isEmpty()
                ? reader.text("reoffer.directory")
                : offers.stream()
                        .map(offer -> called.getOrDefault(offer.to(), offer.to()))
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    private static List<Reoffers.Offer> offers(Reoffers.Result result) {
        List<Reoffers.Offer> offers = result.offers();
        return offers == null ? List.of() : offers;
    }
}
