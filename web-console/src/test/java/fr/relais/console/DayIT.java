package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The day of a professional, and what they say of themselves. */
class DayIT {

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void morning() {
        new Scenes(console.services).aNursesMorning().aDay();
    }

    @Test
    void a_day_says_whom_to_visit_where_and_until_when_the_late_first() {
        String page = console.browser("nurse-anne", "fr").open("/day").body();

        assertThat(page)
                .contains("Ma journée", "En retard", "TEST Marie", "1 rue du Test", "tel:0100000000", "Mes patients")
                .contains("Aujourd’hui", "Rien de prévu aujourd’hui")
                .doesNotContain("??");
        assertThat(page.substring(0, page.indexOf("</head>"))).doesNotContain("TEST", "Marie");
        assertThat(console.services
                        .last("POST", "/api/v1/patients/bulk/identities")
                        .body())
                .as("one call for all")
                .contains("patient-1");
    }

    @Test
    void an_appointment_is_set_in_the_time_of_paris() {
        PlainBrowser browser = console.browser("nurse-anne", "en");
        String path = "/api/v1/handoffs/" + Scenes.TAKEN + "/appointment";
        console.services.says(
                "POST " + path, "{\"id\":\"%s\",\"pathway\":\"%s\"}".formatted(Scenes.TAKEN, Scenes.PATHWAY));

        String after = browser.send(
                        browser.open("/day"), "/day/" + Scenes.TAKEN + "/appointment", "startsAt", "2027-01-15T09:30")
                .body();

        assertThat(console.services.last("POST", path).body())
                .contains("\"startsAt\":\"2027-01-15T08:30:00Z\"", "\"status\":\"booked\"");
        assertThat(after).contains("Appointment saved");
        assertThat(browser.send(browser.open("/day"), "/day/" + Scenes.TAKEN + "/appointment", "startsAt", "demain")
                        .body())
                .contains("Give the day and time");
    }

    @Test
    void a_secretary_sees_whose_appointments_are_to_be_set_and_no_patient() {
        String page = console.browser("secretary-sophie", "fr").open("/day").body();

        assertThat(page)
                .contains("Agenda de l’équipe", "Alice EXEMPLE", "Fixer un rendez-vous")
                .doesNotContain("TEST Marie", "Mes patients", "C’est fait");
    }

    @Test
    void full_is_one_tap_from_the_page_and_proposed_after_saying_no_for_want_of_room() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        String room = "/api/v1/professionals/99700900022/room";
        console.services.says("PUT " + room, "{\"id\":\"99700900022\",\"listed\":true}");
        console.services.says(
                "POST /api/v1/handoffs/" + Scenes.ASKED + "/decline",
                "{\"id\":\"%s\",\"pathway\":\"%s\"}".formatted(Scenes.ASKED, Scenes.PATHWAY));

        var declined =
                browser.send(browser.open("/inbox"), "/inbox/" + Scenes.ASKED + "/decline", "reason", "out-of-area");
        assertThat(declined.body()).contains("Complet pour les demandes suivantes aussi\u202f?");
        var said = browser.send(declined, "/me/room", "until", "2027-01-15");
        assertThat(said.body()).contains("C’est noté\u00a0: complet");
        assertThat(said.uri().getPath()).isEqualTo("/inbox");
        assertThat(console.services.last("PUT", room).body())
                .contains("\"state\":\"FULL\"", "\"until\":\"2027-01-15\"");

        assertThat(browser.send(browser.open("/inbox"), "/inbox/" + Scenes.ASKED + "/decline", "reason", "not-my-skill")
                        .body())
                .doesNotContain("Complet pour les demandes");
    }

    @Test
    void an_absence_names_who_stands_in_and_may_be_cancelled() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        String away = "/api/v1/professionals/99700900022/absences/";
        console.services.says("PUT " + away + "2027-02-01", "{\"id\":\"99700900022\",\"listed\":true}");
        console.services.says("DELETE " + away + "2099-08-01", "{\"id\":\"99700900022\",\"listed\":true}");

        var page = browser.open("/me");
        assertThat(page.body())
                .contains("Mes absences", "Brahim RELEVE", "samedi 1er août", "remplaçant\u00a0: Alice EXEMPLE");
        String after = browser.send(
                        page,
                        "/me/absences",
                        "from",
                        "2027-02-01",
                        "to",
                        "2027-02-14",
                        "substitute",
                        "person:99700900030")
                .body();
        assertThat(after).contains("Absence annoncée.");
        assertThat(console.services.last("PUT", away + "2027-02-01").body())
                .contains("\"to\":\"2027-02-14\"", "\"substitute\":\"person:99700900030\"");
        assertThat(browser.send(browser.open("/me"), "/me/absences/2099-08-01/end")
                        .body())
                .contains("Absence annulée.");
        assertThat(browser.send(browser.open("/me"), "/me/absences", "from", "", "to", "2027-02-14")
                        .body())
                .contains("Indiquez une date valable.");
    }

    @Test
    void how_to_be_told_is_kept_and_tried_out() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        console.services.says("PUT /api/v1/me/preferences", "{}");
        console.services.says(
                "POST /api/v1/me/preferences/test", "[{\"channel\":\"EMAIL\",\"delivery\":\"delivery-1\"}]");

        String after = browser.send(
                        browser.open("/me"),
                        "/me/notifications",
                        "email",
                        "anne@example.org",
                        "digestAt",
                        "07:00",
                        "language",
                        "fr")
                .body();
        assertThat(after).contains("Réglages enregistrés.");
        assertThat(console.services.last("PUT", "/api/v1/me/preferences").body())
                .contains("\"email\":\"anne@example.org\"", "\"emailConsent\":true", "\"digestAt\":\"07:00\"");
        assertThat(browser.send(browser.open("/me"), "/me/notifications/test").body())
                .contains("Un essai est parti");
    }

    @Test
    void whoever_the_directory_does_not_know_is_told_whom_to_ask() {
        assertThat(console.browser("gp-hugo", "fr").open("/me").body())
                .contains("L’annuaire ne vous connaît pas encore")
                .doesNotContain("Annoncer l’absence");
    }
}
