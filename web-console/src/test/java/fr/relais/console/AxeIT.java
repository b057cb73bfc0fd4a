package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every page as axe reads it: French and wide, English and on a phone, each light and dark. In the dark nothing but colours
 * is other than in the light, so that they alone are looked at again.
 */
class AxeIT {

    private static final String PATHWAY = "/pathways/" + Scenes.PATHWAY;

    /** A page, and what somebody does there before it is looked at. */
    private record Look(String path, Consumer<Page> before) {

        Look(String path) {
            this(path, page -> {});
        }
    }

    /** Each page with somebody who opens it; a page that is missing here has not been read by axe. */
    private static final Map<String, List<Look>> PAGES = new LinkedHashMap<>();

    static {
        PAGES.put(
                "nurse-anne",
                List.of(
                        new Look("/inbox"),
                        new Look("/day"),
                        new Look("/me"),
                        new Look("/calls"),
                        new Look(PATHWAY),
                        new Look(PATHWAY + "/copy"),
                        new Look(PATHWAY + "/sheet"),
                        new Look("/machine-room/nothing")));
        PAGES.put("ward-farida", List.of(new Look("/discharges"), new Look("/discharges", page -> {
            page.locator("form[action='/discharges/including'] button").first().click();
            page.locator(".including").waitFor();
        })));
        PAGES.put(
                "operator-odile",
                List.of(
                        new Look("/board?kind=late&collective=990000028"),
                        new Look("/directory/structures/new"),
                        new Look(
                                "/directory/professionals?id=99700900022",
                                page -> page.locator("details summary").last().click()),
                        new Look("/machine-room"),
                        new Look("/hospital-messages"),
                        new Look("/hospital-messages/" + Scenes.MESSAGE)));
        PAGES.put(
                "coordinator-gael",
                List.of(
                        new Look("/directory"),
                        new Look("/directory/professionals?id=99700900022"),
                        new Look("/board"),
                        new Look("/board/communes"),
                        new Look(
                                "/board/weeks",
                                page -> page.locator(".plot-room canvas")
                                        .first()
                                        .waitFor()),
                        // Last: whoever has hung a wall opens no other page.
                        new Look("/wall"),
                        new Look("/wall", page -> {
                            page.locator("form[action='/wall'] button").click();
                            page.locator(".wall-numbers").waitFor();
                        })));
    }

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void everything() {
        new Scenes(console.services).everything();
    }

    @Test
    void axe_finds_nothing_on_any_page_in_both_languages_and_themes() {
        List<String> found = new ArrayList<>();
        try (SystemChromium system = SystemChromium.open()) {
            for (String persona : PAGES.keySet()) {
                look(system.browser(), persona, "fr", 1280, found);
                look(system.browser(), persona, "en", 390, found);
            }
        }
        assertThat(found).isEmpty();
    }

    private void look(Browser chromium, String persona, String language, int width, List<String> found) {
        console.issuer.next(persona);
        try (BrowserContext context = chromium.newContext(
                new Browser.NewContextOptions().setViewportSize(width, 844).setLocale(language))) {
            Page page = context.newPage();
            for (Look look : PAGES.get(persona)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                page.navigate(console.address() + look.path());
                look.before().accept(page);
                assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
                read(new AxeBuilder(page), look.path() + " " + language + " light", found);
                if (!(Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth")) {
                    found.add(look.path() + " sticks out at " + width + " px");
                }
                if (!"auto".equals(page.locator("html").getAttribute("data-theme"))) {
                    // A sheet of paper is white.
                    continue;
                }
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                page.waitForCondition(() -> "dark".equals(page.locator("html").getAttribute("data-bs-theme")));
                // Colours fade into each other; axe reads what is there for good.
                page.waitForCondition(() -> (Boolean)
                        page.evaluate("document.getAnimations().every(one => !(one instanceof CSSTransition))"));
                read(
                        new AxeBuilder(page).withRules(List.of("color-contrast")),
                        look.path() + " " + language + " dark",
                        found);
            }
            if (persona.equals("coordinator-gael")) {
                page.locator("form[action='/logout'] button").click();
                page.waitForURL(url -> url.endsWith("/left"));
                read(new AxeBuilder(page), "/left " + language, found);
            }
        }
    }

    private static void read(AxeBuilder axe, String where, List<String> found) {
        SystemChromium.faults(axe).forEach(fault -> found.add(where + ": " + fault));
    }
}
