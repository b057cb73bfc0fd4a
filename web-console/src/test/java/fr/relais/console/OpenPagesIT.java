package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages that stay open: many at once, left alone, cut off, and used without a mouse. In the system's Chromium, or not. */
class OpenPagesIT {

    private static final RunningConsole CONSOLE = RunningConsole.shared();
    private static final String LIVE = "/api/v1/live";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
    void nothingWaits() {
        new Scenes(CONSOLE.services).nothing();
    }

    @AfterEach
    void mended() {
        CONSOLE.services.mendLive();
    }

    @Test
    void ten_open_tabs_share_one_connection_and_the_next_takes_over_when_the_first_is_closed() {
        try (BrowserContext context = chromium.desktop()) {
            List<Page> tabs = new ArrayList<>(List.of(enter(context)));
            tabs.getFirst().locator(".live-on").waitFor(attached());
            for (int n = 2; n <= 10; n++) {
                Page tab = context.newPage();
                tab.navigate(CONSOLE.address() + "/inbox");
                tabs.add(tab);
            }
            for (Page tab : tabs) {
                tab.waitForCondition(() -> "live".equals(state(tab)));
            }
            assertThat(listening()).as("connections of ten tabs").isEqualTo(1);

            new Scenes(CONSOLE.services).aNursesMorning();
            CONSOLE.services.tell("handoff");
            tabs.forEach(tab -> tab.locator("#ask-" + Scenes.ASKED).waitFor());

            CONSOLE.services.calls.clear();
            tabs.removeFirst().close();
            await().atMost(PATIENCE).until(() -> listening() == 1);
            new Scenes(CONSOLE.services).nothing();
            CONSOLE.services.tell("handoff");
            tabs.forEach(tab -> tab.locator("#inbox .empty").first().waitFor());
        }
    }

    @Test
    void a_cut_shows_itself_and_heals_with_what_came_meanwhile() {
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context);
            page.waitForCondition(() -> "live".equals(state(page)));

            CONSOLE.services.cutLive();
            page.locator(".live-off").waitFor();
            assertThat(page.locator(".live-off").textContent()).contains("Connexion perdue");
            SystemChromium.picture(page, "cut-off");

            new Scenes(CONSOLE.services).aNursesMorning();
            CONSOLE.services.mendLive();
            page.locator("#ask-" + Scenes.ASKED).waitFor();
            page.waitForCondition(() -> "live".equals(state(page)));
            assertThat(page.locator(".live-off").isVisible()).isFalse();
        }
    }

    @Test
    void counters_change_where_they_stand_also_under_somebody_who_is_in_the_middle_of_something() {
        new Scenes(CONSOLE.services).aBoard();
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context, "coordinator-gael", "/board");
            page.waitForCondition(() -> "live".equals(state(page)));
            page.locator("#board .acts details > summary").first().click();
            page.locator("#board .acts details[open] button").first().focus();
            page.evaluate("window.before = document.activeElement");

            String dashboard = "GET /api/v1/dashboard";
            CONSOLE.services.says(
                    dashboard, CONSOLE.services.said(dashboard).replaceAll("\"late\":\\d+", "\"late\":1234"));
            CONSOLE.services.tell("work");

            page.waitForCondition(() -> page.locator("#counter-late b")
                    .textContent()
                    .replaceAll("\\D", "")
                    .equals("1234"));
            assertThat(page.evaluate("document.activeElement === before && before.isConnected"))
                    .as("nothing was taken from under them")
                    .isEqualTo(true);
        }
    }

    @Test
    void a_page_that_is_left_alone_locks_itself_and_shows_nothing_any_more() {
        new Scenes(CONSOLE.services).aNursesMorning().aPathway();
        try (BrowserContext context = chromium.desktop()) {
            context.clock().install();
            Page page = enter(context);
            Page other = context.newPage();
            other.navigate(CONSOLE.address() + "/pathways/" + Scenes.PATHWAY);
            assertThat(other.content()).contains("TEST Marie");

            context.clock().fastForward("10:00");
            page.bringToFront();
            page.mouse().click(5, 500);
            context.clock().fastForward("10:00");
            assertThat(other.locator("#pathway").isVisible())
                    .as("the tab that is used keeps the others open")
                    .isTrue();

            context.clock().fastForward("16:00");
            Page.WaitForURLOptions patient = new Page.WaitForURLOptions().setTimeout(90_000);
            other.waitForURL("**/left*", patient);
            page.waitForURL("**/left*", patient);
            assertThat(other.content()).contains("Votre session est fermée").doesNotContain("Marie");
            // The page itself, that is: whoever goes back is asked who they are, and then the services are.
            new Scenes(CONSOLE.services).nothing();
            other.goBack();
            assertThat(other.content()).doesNotContain("Marie");
        }
    }

    @Test
    void a_request_is_declined_by_keyboard_alone_and_the_focus_is_not_lost() {
        new Scenes(CONSOLE.services).aNursesMorning().aDay();
        CONSOLE.services.says(
                "POST /api/v1/handoffs/" + Scenes.ASKED + "/decline", "{\"id\":\"%s\"}".formatted(Scenes.ASKED));
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context);
            reach(page, "document.activeElement.closest('#ask-%s details > summary') !== null".formatted(Scenes.ASKED));
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.closest('details').open"))
                    .isEqualTo(true);
            String why = (String) page.evaluate("document.activeElement.textContent");
            assertThat(why).isEqualTo("Complet");
            page.keyboard().press("Enter");
            page.locator("#said .said").waitFor();
            assertThat(CONSOLE.services
                            .last("POST", "/api/v1/handoffs/" + Scenes.ASKED + "/decline")
                            .body())
                    .contains("full");
            // From there the next Tab goes on in the page, not at its top again.
            reach(page, "document.activeElement.closest('#said, #inbox') !== null");
        }
    }

    @Test
    void a_code_that_is_read_aloud_is_typed_at_the_head_of_every_page() {
        new Scenes(CONSOLE.services).aNursesMorning().aPathway();
        CONSOLE.services.says(
                "GET /api/v1/pathways",
                "{\"items\":[" + CONSOLE.services.said("GET /api/v1/pathways/" + Scenes.PATHWAY) + "]}");
        try (BrowserContext context = chromium.desktop()) {
            Page page = enter(context);
            page.locator("#call-code").fill("k7 42");
            page.keyboard().press("Enter");
            page.waitForURL("**/pathways/" + Scenes.PATHWAY);
            CONSOLE.services.says("GET /api/v1/pathways", "{\"items\":[]}");
            page.locator("#call-code").fill("Z9-99");
            page.keyboard().press("Enter");
            page.locator("#calls-why").waitFor();
            SystemChromium.picture(page, "calls-desktop");
        }
        for (String language : List.of("fr", "en")) {
            for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                try (BrowserContext context = chromium.browser()
                        .newContext(new Browser.NewContextOptions()
                                .setViewportSize(390, 844)
                                .setLocale(language)
                                .setColorScheme(theme))) {
                    Page page = enter(context);
                    page.navigate(CONSOLE.address() + "/calls?code=Z9-99");
                    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
                    assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                            .isTrue();
                    SystemChromium.picture(
                            page, "calls-phone-" + language + "-" + theme.name().toLowerCase(java.util.Locale.ROOT));
                }
            }
        }
    }

    private static void reach(Page page, String there) {
        for (int n = 0; n < 30; n++) {
            if (Boolean.TRUE.equals(page.evaluate(there))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("thirty times Tab do not lead to " + there + ", but to "
                + page.evaluate("document.activeElement.outerHTML"));
    }

    private static Object state(Page page) {
        return page.evaluate("document.querySelector('[data-live-sign]').dataset.state");
    }

    /** How many asked to be told since what was asked was last forgotten. */
    private static long listening() {
        return CONSOLE.services.calls.stream()
                .filter(call -> call.path().equals(LIVE))
                .count();
    }

    private static com.microsoft.playwright.Locator.WaitForOptions attached() {
        return new com.microsoft.playwright.Locator.WaitForOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED);
    }

    private static Page enter(BrowserContext context) {
        return enter(context, "nurse-anne", "/inbox");
    }

    private static Page enter(BrowserContext context, String persona, String path) {
        CONSOLE.issuer.next(persona);
        Page page = context.newPage();
        page.navigate(CONSOLE.address() + path);
        return page;
    }
}
