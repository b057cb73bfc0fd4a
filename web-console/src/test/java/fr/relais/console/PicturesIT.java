package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Pictures of each page for people who have not seen it, in {@code docs/console}: desktop and phone. Write them again with
 * {@code ./mvnw -pl web-console -am verify -Dit.test=PicturesIT -Drelais.docs=write} and look at them.
 */
@EnabledIfSystemProperty(named = "relais.docs", matches = "write")
class PicturesIT {

    private static final Path FOLDER = Path.of("../docs/console");
    private static final long MOST = 2_000_000;

    private final RunningConsole console = RunningConsole.shared();

    /** A page, who looks at it, and what they do before the picture is taken. */
    private record Picture(String name, String persona, String path, Consumer<Scenes> scene, Consumer<Page> before) {

        Picture(String name, String persona, String path, Consumer<Scenes> scene) {
            this(name, persona, path, scene, page -> {});
        }
    }

    private static final List<Picture> PICTURES = List.of(
            new Picture("inbox", "nurse-anne", "/inbox", Scenes::aNursesMorning),
            new Picture("day", "nurse-anne", "/day", Scenes::aDay),
            new Picture("me", "nurse-anne", "/me", Scenes::aDay),
            new Picture("pathway", "nurse-anne", "/pathways/" + Scenes.PATHWAY, Scenes::aPathway),
            new Picture("discharges", "ward-farida", "/discharges", Scenes::aWardBeforeTheWeekend),
            new Picture("inclusion", "ward-farida", "/discharges", Scenes::aWard, page -> {
                page.locator("form[action='/discharges/including'] button").click();
                page.locator(".including").waitFor();
            }),
            new Picture("board", "coordinator-gael", "/board", Scenes::aBoard),
            new Picture(
                    "offers",
                    "coordinator-gael",
                    "/board",
                    scenes -> scenes.aBoard().offersTogether(),
                    page -> {
                        page.locator("[data-tick-all]").check();
                        page.locator("#offers button").click();
                        page.locator("#confirm").waitFor();
                    }),
            new Picture(
                    "communes",
                    "coordinator-gael",
                    "/board/communes",
                    scenes -> scenes.aBoard().inCommunes()),
            new Picture(
                    "weeks",
                    "coordinator-gael",
                    "/board/weeks",
                    scenes -> scenes.aBoard().lastWeeks(),
                    page -> page.waitForCondition(
                            () -> (Boolean)
                                    page.evaluate(
                                            "[...document.querySelectorAll('.plot canvas')].every(canvas => window.Chart?.getChart(canvas))"))),
            new Picture("wall", "coordinator-gael", "/wall", Scenes::aBoard, page -> {
                page.locator("form[action='/wall'] button").click();
                page.locator(".wall-numbers").waitFor();
            }),
            new Picture(
                    "message",
                    "operator-odile",
                    "/hospital-messages/" + Scenes.MESSAGE,
                    Scenes::aMessageInTriage,
                    page -> {
                        page.locator("form[action$='/reading'] button").click();
                        page.locator("#correct-text")
                                .fill(page.locator("#correct-text").inputValue() + "\nZFM||8");
                        page.locator("#correct button").click();
                        page.locator(".changes ins").waitFor();
                    }),
            new Picture("directory", "coordinator-gael", "/directory", Scenes::aDirectory),
            new Picture(
                    "directory-entry",
                    "coordinator-gael",
                    "/directory/professionals?id=99700900022",
                    scenes -> scenes.aDirectory().withLoad()),
            new Picture("machine-room", "operator-odile", "/machine-room", Scenes::aMachineRoom));

    @Test
    void each_page_has_its_pictures_and_all_are_light_enough_to_be_kept() throws IOException {
        Files.createDirectories(FOLDER);
        try (SystemChromium system = SystemChromium.open("--lang=fr-FR")) {
            Browser chromium = system.browser();
            for (Picture picture : PICTURES) {
                take(chromium, picture, "desktop", 1280, 800, ColorScheme.LIGHT);
                take(chromium, picture, "phone", 390, 780, ColorScheme.LIGHT);
            }
        }

        try (Stream<Path> all = Files.list(FOLDER)) {
            assertThat(all.mapToLong(file -> file.toFile().length()).sum()).isLessThan(MOST);
        }
    }

    private void take(Browser chromium, Picture picture, String kind, int width, int height, ColorScheme theme) {
        picture.scene().accept(new Scenes(console.services));
        console.issuer.next(picture.persona());
        try (BrowserContext context = chromium.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setLocale("fr-FR")
                .setTimezoneId("Europe/Paris")
                .setColorScheme(theme))) {
            Page page = context.newPage();
            page.navigate(console.address() + picture.path());
            picture.before().accept(page);
            page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(picture.name() + "-" + kind + ".png")));
        }
    }
}
