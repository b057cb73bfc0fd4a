package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Pages in a real browser: the system's Chromium, or none. Pictures of what was seen are left in {@code
 * target/screenshots}.
 */
class BrowserIT {

    private static final RunningConsole CONSOLE = RunningConsole.shared();
    private static SystemChromium chromium;

    @BeforeAll
    static void openBrowser() {
        chromium = SystemChromium.open();
    }

    @AfterAll
    static void closeBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void morning() {
        new Scenes(CONSOLE.services).aNursesMorning();
    }

    @Test
    void a_nurse_accepts_from_her_list_without_leaving_it_and_hears_of_what_is_new() {
        CONSOLE.services.says(
                "POST /api/v1/handoffs/" + Scenes.ASKED + "/accept",
                "{\"id\":\"%s\",\"pathway\":\"%s\",\"status\":\"accepted\"}".formatted(Scenes.ASKED, Scenes.PATHWAY));
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context, "nurse-anne", "/inbox");
            page.waitForCondition(() -> page.title().equals("(2) Mes demandes · Relais"));
            SystemChromium.picture(page, "inbox-desktop");

            new Scenes(CONSOLE.services).nothing();
            CONSOLE.services.says(
                    "POST /api/v1/handoffs/" + Scenes.ASKED + "/accept",
                    "{\"id\":\"%s\",\"pathway\":\"%s\"}".formatted(Scenes.ASKED, Scenes.PATHWAY));
            page.locator("#accept-" + Scenes.ASKED).click();
            page.locator("#said .said").waitFor();
            assertThat(page.locator("#said").textContent()).contains("vous en êtes responsable");
            page.waitForCondition(() -> page.title().equals("Mes demandes · Relais"));
            assertThat(page.url()).endsWith("/inbox");

            Awaitility.await().until(() -> CONSOLE.services.listeners() > 0);
            new Scenes(CONSOLE.services).aNursesMorning();
            CONSOLE.services.tell("handoff");
            page.locator("#ask-" + Scenes.ASKED).waitFor();
            page.waitForCondition(() -> page.title().equals("(2) Mes demandes · Relais"));
        }
    }

    @Test
    void what_was_sent_is_answered_into_the_page_though_the_change_it_makes_arrives_first() {
        CONSOLE.services.says(
                "POST /api/v1/handoffs/" + Scenes.ASKED + "/accept",
                "{\"id\":\"%s\",\"pathway\":\"%s\"}".formatted(Scenes.ASKED, Scenes.PATHWAY));
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context, "nurse-anne", "/inbox");
            int listened = CONSOLE.services.listeners();
            Awaitility.await().until(() -> CONSOLE.services.listeners() > 0 || listened > 0);
            AtomicReference<Route> held = new AtomicReference<>();
            page.route("**/accept", held::set);
            page.locator("#accept-" + Scenes.ASKED).click();
            page.waitForCondition(() -> held.get() != null);
            CONSOLE.services.tell("handoff");
            page.locator("body.has-news").waitFor();
            held.get().resume();
            page.locator("#said .said").waitFor();
            assertThat(page.locator("#said").textContent()).contains("vous en êtes responsable");
        }
    }

    @Test
    void what_somebody_is_in_the_middle_of_stays_when_something_arrives() {
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context, "nurse-anne", "/inbox");
            Awaitility.await().until(() -> CONSOLE.services.listeners() > 0);
            page.locator("#ask-" + Scenes.ASKED + " details summary").click();
            new Scenes(CONSOLE.services).nothing();
            CONSOLE.services.tell("handoff");
            page.locator("body.has-news").waitFor();
            assertThat(page.locator("#ask-" + Scenes.ASKED + " details button")
                            .first()
                            .isVisible())
                    .isTrue();
            SystemChromium.picture(page, "inbox-decline");
            page.keyboard().press("Escape");
            page.locator("#inbox .empty").first().waitFor();
        }
    }

    @Test
    void a_page_works_by_keyboard_alone() {
        CONSOLE.services.says(
                "POST /api/v1/handoffs/" + Scenes.ASKED + "/accept",
                "{\"id\":\"%s\",\"pathway\":\"%s\"}".formatted(Scenes.ASKED, Scenes.PATHWAY));
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context, "nurse-anne", "/inbox");
            for (int i = 0; i < 20; i++) {
                page.keyboard().press("Tab");
                if (("accept-" + Scenes.ASKED).equals(page.evaluate("document.activeElement.id"))) {
                    break;
                }
            }
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("accept-" + Scenes.ASKED);
            page.keyboard().press("Enter");
            page.locator("#said .said").waitFor();
        }
    }

    @Test
    void the_board_changes_without_being_loaded_again_and_axe_finds_nothing_on_it() {
        new Scenes(CONSOLE.services).aBoard();
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context, "coordinator-gael", "/board");
            SystemChromium.picture(page, "board-desktop");
            sound(page);
            Awaitility.await().until(() -> CONSOLE.services.listeners() > 0);
            CONSOLE.services.says("GET /api/v1/worklist?kind=late", "{\"items\":[]}");
            CONSOLE.services.tell("work");
            page.locator("#board .empty").waitFor();
        }
        new Scenes(CONSOLE.services).aBoard();
        try (BrowserContext context = phone("fr", ColorScheme.DARK)) {
            Page page = enter(context, "coordinator-gael", "/board?kind=unassigned&template=discharge-home");
            SystemChromium.picture(page, "board-phone-dark");
            sound(page);
        }
    }

    @Test
    void a_nurse_accepts_and_the_board_of_the_coordinator_changes_without_being_loaded_again() {
        new Scenes(CONSOLE.services).aNursesMorning().aBoard();
        CONSOLE.services.says(
                "POST /api/v1/handoffs/" + Scenes.ASKED + "/accept",
                "{\"id\":\"%s\",\"pathway\":\"%s\",\"status\":\"accepted\"}".formatted(Scenes.ASKED, Scenes.PATHWAY));
        try (BrowserContext office = chromium.desktop();
                BrowserContext round = phone("fr", ColorScheme.LIGHT)) {
            Page board = enter(office, "coordinator-gael", "/board?kind=unassigned");
            board.locator("#board .ask").waitFor();
            board.evaluate("window.sameAsBefore = true");
            Page inbox = enter(round, "nurse-anne", "/inbox");
            Awaitility.await().until(() -> CONSOLE.services.listeners() > 1);

            inbox.locator("#accept-" + Scenes.ASKED).click();
            inbox.locator("#said .said").waitFor();
            CONSOLE.services.says("GET /api/v1/worklist?kind=unassigned", "{\"items\":[]}");
            CONSOLE.services.tell("work");

            board.locator("#board .empty").waitFor();
            assertThat(board.evaluate("window.sameAsBefore")).isEqualTo(true);
        }
    }

    @Test
    void filters_of_the_board_are_chips_and_axe_finds_nothing_on_them() {
        for (String language : List.of("fr", "en")) {
            for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                new Scenes(CONSOLE.services).aDirectory().aBoard();
                try (BrowserContext context = phone(language, theme)) {
                    Page page =
                            enter(context, "coordinator-gael", "/board?kind=late&commune=23096&structure=990000028");
                    page.locator("details.filters summary").click();
                    SystemChromium.picture(
                            page,
                            "board-chips-phone-" + language + "-" + theme.name().toLowerCase(java.util.Locale.ROOT));
                    sound(page);
                    page.locator("a.chip").first().click();
                    page.waitForURL(url -> !url.contains("commune"));
                    assertThat(page.locator("a.chip").count()).isEqualTo(1);
                }
            }
        }
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context, "coordinator-gael", "/board?kind=late&commune=23096&structure=990000028");
            SystemChromium.picture(page, "board-chips-desktop");
            sound(page);
        }
    }

    @Test
    void a_coordinator_offers_many_again_and_no_tick_is_lost_when_something_arrives() {
        new Scenes(CONSOLE.services).aBoard().offersTogether();
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context, "coordinator-gael", "/board");
            Awaitility.await().until(() -> CONSOLE.services.listeners() > 0);
            page.locator("[data-tick-all]").check();
            assertThat(page.locator("input[name=item]:checked").count()).isEqualTo(1);
            CONSOLE.services.tell("work");
            page.locator("body.has-news").waitFor();
            assertThat(page.locator("input[name=item]:checked").count()).isEqualTo(1);
            SystemChromium.picture(page, "board-ticked-desktop");
            sound(page);
            page.locator("#offers button").click();
            page.locator("#confirm").waitFor();
            SystemChromium.picture(page, "board-offers-desktop");
            sound(page);
            page.locator("#confirm button").click();
            page.locator(".now").waitFor();
            assertThat(page.url()).endsWith("/board/offers/done");
            sound(page);
        }
        for (String language : List.of("fr", "en")) {
            try (BrowserContext context = phone(language, ColorScheme.DARK)) {
                Page page = enter(context, "coordinator-gael", "/board");
                page.locator("input[name=item]").first().check();
                SystemChromium.picture(page, "board-ticked-phone-dark-" + language);
                page.locator("#offers button").click();
                page.locator("#confirm").waitFor();
                SystemChromium.picture(page, "board-offers-phone-dark-" + language);
                sound(page);
            }
        }
    }

    @Test
    void a_ward_includes_in_three_clicks_and_axe_finds_nothing_on_the_way() {
        new Scenes(CONSOLE.services).aWard();
        CONSOLE.services.says("POST /api/v1/inclusions", "{\"id\":\"pathway-new\"}");
        CONSOLE.services.says(
                "POST /api/v1/pathways/pathway-new/notes", "{\"id\":\"note-1\",\"pathway\":\"pathway-new\"}");
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context, "ward-farida", "/discharges");
            SystemChromium.picture(page, "discharges-desktop");
            sound(page);
            new Scenes(CONSOLE.services).aWardBeforeTheWeekend();
            page.reload();
            SystemChromium.picture(page, "discharges-weekend-desktop");
            sound(page);
            page.locator("form[action='/discharges/including'] button").click();
            page.locator(".including").waitFor();
            SystemChromium.picture(page, "discharges-including");
            sound(page);
            page.locator("input[name=commune]").fill("23096");
            page.locator("select[name=how]").selectOption("oral");
            page.locator("input[name=order]").check();
            page.locator(".include-form .btn-primary").click();
            page.locator("#said .said").waitFor();
            assertThat(page.url()).doesNotContain("patient");
        }
        try (BrowserContext context = phone("en", ColorScheme.DARK)) {
            Page page = enter(context, "ward-farida", "/discharges");
            SystemChromium.picture(page, "discharges-phone-dark");
            sound(page);
        }
    }

    @Test
    void an_operator_corrects_a_message_having_seen_what_changes() {
        new Scenes(CONSOLE.services).aMessageInTriage();
        CONSOLE.services.says("POST /api/v1/hospital-messages/" + Scenes.MESSAGE + "/corrections", "{}");
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context, "operator-odile", "/hospital-messages");
            SystemChromium.picture(page, "messages-desktop");
            sound(page);
            page.locator("#mail .ask a").click();
            page.locator("form[action$='/reading'] button").click();
            page.locator("#correct").waitFor();
            SystemChromium.picture(page, "message-desktop");
            sound(page);
            page.locator("#correct-text").fill(page.locator("#correct-text").inputValue() + "\nZFM||8");
            page.locator("#correct button").click();
            page.locator(".changes ins").waitFor();
            SystemChromium.picture(page, "message-changes-desktop");
            sound(page);
            page.locator("form[action$='/corrections'] button").click();
            page.locator("#said .said").waitFor();
        }
        for (String language : List.of("fr", "en")) {
            try (BrowserContext context = phone(language, ColorScheme.DARK)) {
                Page page = enter(context, "operator-odile", "/hospital-messages");
                sound(page);
                page.locator("#mail .ask a").click();
                page.locator("form[action$='/reading'] button").click();
                page.locator("#correct").waitFor();
                SystemChromium.picture(page, "message-phone-dark-" + language);
                sound(page);
            }
        }
    }

    @Test
    void axe_finds_nothing_in_the_directory() {
        new Scenes(CONSOLE.services).aDirectory().withLoad();
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context, "coordinator-gael", "/directory");
            SystemChromium.picture(page, "directory-desktop");
            sound(page);
            page.locator(".people-grid a").first().click();
            page.locator(".entry").waitFor();
            SystemChromium.picture(page, "directory-entry-desktop");
            sound(page);
        }
        for (String language : List.of("fr", "en")) {
            try (BrowserContext context = phone(language, ColorScheme.DARK)) {
                Page page = enter(context, "operator-odile", "/directory");
                sound(page);
                page.locator(".people-grid a").first().click();
                page.locator("details.write summary").click();
                SystemChromium.picture(page, "directory-entry-phone-dark-" + language);
                sound(page);
            }
        }
    }

    @Test
    void the_last_weeks_are_drawn_and_axe_finds_nothing_on_them() {
        new Scenes(CONSOLE.services).aBoard().lastWeeks();
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context, "coordinator-gael", "/board/weeks");
            page.waitForCondition(() -> (Boolean) page.evaluate(
                    "[...document.querySelectorAll('.plot canvas')].every(canvas => window.Chart.getChart(canvas))"));
            assertThat(page.evaluate(
                            "window.Chart.getChart(document.querySelector('canvas')).data.datasets[0].data[1]"))
                    .as("a week that is not shown is a gap")
                    .isNull();
            SystemChromium.picture(page, "weeks-desktop");
            sound(page);
        }
        for (String language : List.of("fr", "en")) {
            for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                try (BrowserContext context = phone(language, theme)) {
                    Page page = enter(context, "coordinator-gael", "/board/weeks");
                    page.locator(".plot-room canvas").first().waitFor();
                    SystemChromium.picture(page, "weeks-phone-" + language + "-" + theme);
                    sound(page);
                }
            }
        }
    }

    @Test
    void a_wall_is_read_from_afar_changes_by_itself_and_at_most_four_times_a_second() {
        new Scenes(CONSOLE.services).aBoard();
        try (BrowserContext context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1920, 1080)
                        .setLocale("fr-FR"))) {
            Page page = enter(context, "coordinator-gael", "/wall");
            SystemChromium.picture(page, "wall-begin-desktop");
            sound(page);
            int listened = CONSOLE.services.listeners();
            page.locator("form[action='/wall'] button").click();
            page.locator(".wall-numbers").waitFor();
            SystemChromium.picture(page, "wall-desktop");
            sound(page);
            assertThat((Boolean) page.evaluate("document.documentElement.scrollHeight <= innerHeight"))
                    .as("a wall has nobody to scroll it")
                    .isTrue();
            // Legible from five metres: a figure of five centimetres, on a screen whose height is 60 cm.
            assertThat(((Number) page.evaluate(
                                    "parseFloat(getComputedStyle(document.querySelector('.wall-numbers b')).fontSize)"))
                            .doubleValue())
                    .isGreaterThan(1080 * 5 / 60.0);

            Awaitility.await().until(() -> CONSOLE.services.listeners() > listened);
            page.evaluate(
                    "window.drawn = []; document.body.addEventListener('relais:changed', () => drawn.push(performance.now()))");
            CONSOLE.services.says(
                    "GET /api/v1/dashboard",
                    CONSOLE.services.said("GET /api/v1/dashboard").replace("\"openSteps\":31", "\"openSteps\":4711"));
            for (int i = 0; i < 100; i++) {
                CONSOLE.services.tell("work");
                page.waitForTimeout(5);
            }
            page.locator(".wall-numbers >> text=711").waitFor();
            assertThat((Boolean) page.evaluate("drawn.every((at, i) => i === 0 || at - drawn[i - 1] >= 240)"))
                    .as("together, and at most four times a second")
                    .isTrue();
        }
        for (String language : List.of("fr", "en")) {
            try (BrowserContext context = phone(language, ColorScheme.DARK)) {
                Page page = enter(context, "coordinator-gael", "/wall");
                sound(page);
                page.locator("form[action='/wall'] button").click();
                page.locator(".wall-numbers").waitFor();
                SystemChromium.picture(page, "wall-phone-dark-" + language);
                sound(page);
            }
        }
    }

    private static void sound(Page page) {
        assertThat(SystemChromium.faults(new AxeBuilder(page))).isEmpty();
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing sticks out at " + page.viewportSize().width + " px")
                .isTrue();
    }

    private static BrowserContext phone(String language, ColorScheme theme) {
        return chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(390, 844)
                        .setLocale(language)
                        .setColorScheme(theme));
    }

    private static Page enter(BrowserContext context, String persona, String path) {
        CONSOLE.issuer.next(persona);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                System.err.println(path + ": " + message.text());
            }
        });
        page.navigate(CONSOLE.address() + path);
        return page;
    }
}
