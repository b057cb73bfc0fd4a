package fr.relais.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the services say in the tests: one patient home from hospital, a nurse who is asked, a ward, a coordinator. */
final class Scenes {

    static final String PATHWAY = "pathway-0198a";
    static final String ASKED = "handoff-0198a-2";
    static final String TAKEN = "handoff-0198a-1";

    static final String MESSAGE = "message-5";

    /** A discharge that does not say how the patient left. */
    static final String ER7 = """
            MSH|^~\\&|GAM|CH-EXEMPLE|RELAIS|RELAIS|20261123090000||ADT^A03^ADT_A03|MSG-77|P|2.5^FRA^2.11
            EVN||20261123090000||||20261123083000
            PID|1||000003^^^CH-EXEMPLE&990000044&N^PI||EXEMPLE^MARIE||19480302|F
            PV1|1|I|3010||||||||||||||||24000006^^^CH-EXEMPLE&990000044&N^VN
            ZBE|MV-9^CH-EXEMPLE|20261123083000||INSERT|N||^^^^^^UF^^^3010||HMS
            """.replace('\n', '\r');

    /** The same in each scene: the console remembers names for some minutes. */
    private static final String COMMUNES = """
            [{"code":"23096","name":"Guéret","latitude":46.1706,"longitude":1.8715},
             {"code":"23176","name":"La Souterraine","latitude":46.239,"longitude":1.487},
             {"code":"23193","name":"Sainte-Feyre","latitude":46.14,"longitude":1.915},
             {"code":"23245","name":"Saint-Sulpice-le-Guérétois"},{"code":"23247","name":"Saint-Vaury"}]""";

    private final FakeServices services;

    Scenes(FakeServices services) {
        this.services = services;
        services.forget();
        services.says("GET /api/v1/communes", COMMUNES);
        services.says(
                "GET /api/v1/structures/990000028", "{\"id\":\"990000028\",\"name\":\"Cabinet infirmier du Prat\"}");
        services.says(
                "GET /api/v1/structures/990000044", "{\"id\":\"990000044\",\"name\":\"Centre hospitalier d’Exemple\"}");
        services.says("GET /api/v1/structures/990000051", """
                {"id":"990000051","type":"CPTS","name":"CPTS des Trois Vallées","commune":"23096","communes":["23096","23193"],
                 "memberOf":[],"contacts":[{"kind":"PHONE","value":"0555010203","use":"CALLS"}]}""");
        services.says("GET /api/v1/professionals/99700900022", "{\"id\":\"99700900022\",\"name\":\"Anne TOURNEE\"}");
        services.says("GET /api/v1/professionals/99700900014", "{\"id\":\"99700900014\",\"name\":\"Alice EXEMPLE\"}");
        services.says("POST /api/v1/names", """
                [{"key":"structure:990000028","name":"Cabinet infirmier du Prat"},
                 {"key":"structure:990000044","name":"Centre hospitalier d’Exemple"},
                 {"key":"structure:990000051","name":"CPTS des Trois Vallées"},
                 {"key":"person:99700900022","name":"Anne TOURNEE"},{"key":"person:99700900014","name":"Alice EXEMPLE"}]""");
        services.says("GET /api/v1/templates", """
                [{"key":"discharge-home","version":2,
                  "title":{"fr":"Retour à domicile après hospitalisation","en":"Home after a hospital stay"},
                  "steps":[
                    {"key":"letter","title":{"fr":"Lettre de liaison envoyée","en":"Discharge letter sent"},"role":"ward"},
                    {"key":"nurse-first-visit","title":{"fr":"Première visite infirmière","en":"First nurse visit"},"role":"nurse"},
                    {"key":"gp-visit","title":{"fr":"Consultation du médecin traitant","en":"GP visit"},"role":"gp"},
                    {"key":"medication-reconciliation","title":{"fr":"Conciliation médicamenteuse","en":"Medication reconciliation"},"role":"pharmacist"}]}]""");
    }

    /** Two requests wait, one of them pressing; one visit is hers. */
    Scenes aNursesMorning() {
        services.says("GET /api/v1/handoffs?status=offered", """
                {"items":[
                  {"id":"%s","status":"offered","profession":"60","to":"structure:990000028#60",
                   "terms":{"acts":["nursing.first-visit"],"mode":"HOME","modes":["HOME"],"timesPerDay":2,"weekends":true,
                            "start":"2026-11-24","days":7,"material":["pansements"],"commune":"23096",
                            "preparation":{"order":true,"material":false,"line":"0555000000","lineUntil":"%s"}},
                   "offeredAt":"%s","answerBy":"%s","late":false,"seenByMe":false,"leftByMe":false,"probablyDone":false},
                  {"id":"handoff-0198b-1","status":"offered","profession":"60","to":"person:99700900022",
                   "terms":{"acts":["nursing.heart-failure-follow-up"],"mode":"HOME","modes":["HOME","VIDEO"],"timesPerDay":1,
                            "weekends":false,"start":null,"days":null,"material":[],"commune":"23998"},
                   "offeredAt":"%s","answerBy":"%s","late":false,"seenByMe":true,"leftByMe":false,"probablyDone":false}]}""".formatted(
                        ASKED, in(600), ago(25), in(35), ago(300), in(1500)));
        services.says("GET /api/v1/handoffs?status=accepted", """
                {"items":[
                  {"id":"%s","status":"accepted","profession":"60","to":"structure:990000028#60","by":"person:99700900022",
                   "from":"structure:990000044","pathway":"%s","step":"nurse-first-visit","role":"nurse","patient":"patient-1",
                   "terms":{"acts":["nursing.first-visit"],"mode":"HOME","modes":["HOME"],"timesPerDay":1,"weekends":true,
                            "start":null,"days":null,"material":[],"commune":"23096"},
                   "offeredAt":"%s","answerBy":"%s","acceptedAt":"%s","dueAt":"%s","late":true,"seenByMe":true,
                   "leftByMe":false,"probablyDone":false}]}""".formatted(
                        TAKEN, PATHWAY, ago(3000), ago(2900), ago(2950), ago(130)));
        return this;
    }

    /** What the directory and the notices know of the nurse, and who her patient is. */
    Scenes aDay() {
        services.says("POST /api/v1/patients/bulk/identities", """
                [{"patient":"patient-1","insIsTest":true,"hospitalNumbers":[],
                 "traits":{"birthName":"EXEMPLE","usedName":"TEST","givenNames":["Marie"],"birthDate":"1948-03-02","sex":"F",
                           "phones":["0100000000"],"street":"1 rue du Test","postalCode":"23000","city":"Guéret"}}]""");
        services.says("GET /api/v1/diary", """
                {"items":[{"handoff":"%s","holder":"person:99700900014","profession":"10","dueAt":"%s","late":false}]}""".formatted(TAKEN, in(5700)));
        services.says("GET /api/v1/professionals/99700900022", """
                {"id":"99700900022","name":"Anne TOURNEE","profession":"60","specialties":[],"structures":["990000028"],
                 "communes":["23096"],"delegateOf":[],
                 "availability":{"room":{"state":"FULL","until":"2099-07-31"},
                                 "absences":[{"from":"2099-08-01","to":"2099-08-15",
                                              "substitute":{"kind":"PERSON","id":"99700900014"}}]}}""");
        services.says("GET /api/v1/professionals?structure=990000028", """
                {"items":[{"id":"99700900022","name":"Anne TOURNEE","profession":"60","structures":["990000028"]},
                          {"id":"99700900030","name":"Brahim RELEVE","profession":"60","structures":["990000028"]}]}""");
        services.says("GET /api/v1/me/preferences", """
                {"channels":["INBOX","WEBHOOK"],"webhook":"https://logiciel.example/relais","digestAt":"07:30","language":"fr"}""");
        return this;
    }

    /** A week at home: the letter went, the first visit is late, the GP is asked, nobody was found for the medicines. */
    Scenes aPathway() {
        services.says("GET /api/v1/pathways/" + PATHWAY, """
                {"id":"%s","code":"K7-42","patient":"patient-1","template":"discharge-home.v2","owner":"structure:990000044",
                 "coordinator":"structure:990000051","commune":"23096","status":"running","openedAt":"%s","dischargedAt":"%s",
                 "preparation":{"order":false,"material":true},
                 "steps":[
                  {"key":"letter","role":"ward","profession":"","status":"done","responsible":"structure:990000044",
                   "dueAt":"%s","dueSoon":false,"overdue":false,"level":0,"doneBy":"structure:990000044","doneAt":"%s","handoffs":[]},
                  {"key":"nurse-first-visit","role":"nurse","profession":"60","status":"accepted","responsible":"person:99700900022",
                   "dueAt":"%s","dueSoon":false,"overdue":true,"level":1,
                   "handoffs":[{"id":"%s","status":"accepted","to":"structure:990000028#60","wave":1,"answerBy":"%s","by":"person:99700900022"}]},
                  {"key":"gp-visit","role":"gp","profession":"10","status":"offered","responsible":"structure:990000044",
                   "dueAt":"%s","dueSoon":false,"overdue":false,"level":0,
                   "handoffs":[{"id":"handoff-0198a-3","status":"offered","to":"person:99700900014","wave":1,"answerBy":"%s"}]},
                  {"key":"medication-reconciliation","role":"pharmacist","profession":"21","status":"unassigned",
                   "responsible":"structure:990000044","dueAt":"%s","dueSoon":false,"overdue":false,"level":0,
                   "unassigned":"NO_CANDIDATE","handoffs":[]}]}""".formatted(
                        PATHWAY, ago(5000), ago(4300), ago(3500), ago(4200), ago(130), TAKEN, ago(3000), in(5700),
                        in(300), in(6000)));
        services.says("POST /api/v1/pathways/" + PATHWAY + "/looks", "{\"seen\":6,\"before\":4}");
        services.says("GET /api/v1/patients/patient-1/identity", """
                {"patient":"patient-1","insIsTest":true,"hospitalNumbers":[],
                 "traits":{"birthName":"EXEMPLE","usedName":"TEST","givenNames":["Marie"],"birthDate":"1948-03-02","sex":"F",
                           "phones":["0100000000"],"street":"1 rue du Test","postalCode":"23000","city":"Guéret"}}""");
        services.says("GET /api/v1/pathways/" + PATHWAY + "/timeline", """
                {"items":[
                  {"sequence":1,"time":"%1$s","type":"pathway.opened.v1","actor":{"id":"99700900014"},"data":{},"told":[]},
                  {"sequence":2,"time":"%2$s","effectiveAt":"%3$s","type":"pathway.started.v1","actor":{"id":"system:pathway"},"data":{},"told":[]},
                  {"sequence":3,"time":"%2$s","type":"pathway.handoff-offered.v1","actor":{"id":"system:pathway"},
                   "data":{"handoff":"%4$s","step":"nurse-first-visit","to":{"party":{"kind":"STRUCTURE","id":"990000028"},"profession":"60"},
                           "from":{"kind":"STRUCTURE","id":"990000044"}},
                   "told":[{"recipient":"person:99700900022","channel":"console","notice":"offer","queuedAt":"%2$s","deliveredAt":"%2$s","readAt":"%5$s"}]},
                  {"sequence":4,"time":"%5$s","effectiveAt":"%5$s","type":"pathway.handoff-accepted.v1","actor":{"id":"99700900022","structure":"990000028"},
                   "data":{"handoff":"%4$s","step":"nurse-first-visit","by":{"kind":"PERSON","id":"99700900022"}},"told":[]},
                  {"sequence":5,"time":"%6$s","effectiveAt":"%6$s","type":"pathway.note-added.v1","actor":{"id":"99700900014"},
                   "data":{"entry":"note-7","by":{"kind":"PERSON","id":"99700900014"},"urgent":true},"told":[]},
                  {"sequence":6,"time":"%6$s","type":"pathway.step-overdue.v1","actor":{"id":"system:pathway"},
                   "data":{"step":"nurse-first-visit"},"told":[]}]}""".formatted(
                        ago(5000), ago(4290), ago(4300), TAKEN, ago(2950), ago(120)));
        services.says("GET /api/v1/pathways/" + PATHWAY + "/timeline?order=desc", newestFirst());
        services.says(
                "GET /api/v1/pathways/" + PATHWAY + "/notes/note-7",
                "{\"id\":\"note-7\",\"text\":\"Poids à surveiller chaque matin.\"}");
        return this;
    }

    private String newestFirst() {
        List<JsonNode> lines = new ArrayList<>();
        JsonMapper.shared()
                .readTree(services.said("GET /api/v1/pathways/" + PATHWAY + "/timeline"))
                .path("items")
                .forEach(lines::add);
        return JsonMapper.shared().writeValueAsString(Map.of("items", lines.reversed()));
    }

    /** A coordinator's board: one visit late, one step that nobody has. */
    Scenes aBoard() {
        services.says("GET /api/v1/dashboard", """
                {"at":"%s","counters":{"openPathways":12,"openSteps":31,"late":1,"dueSoon":4,"moreDueSoon":false,"unassigned":1,
                 "escalated":0,"probablyDone":2,"attention":null,"hidden":true},"dueSoonUpTo":1000,"opened":3,"closed":1}""".formatted(ago(0)));
        services.says("GET /api/v1/worklist?kind=late", """
                {"items":[{"id":"row-1","pathway":"%s","code":"K7-42","template":"discharge-home","commune":"23096","step":"nurse-first-visit",
                  "role":"nurse","status":"accepted","responsible":"person:99700900022","structure":"990000028","handoff":"%s",
                  "since":"%s","dueAt":"%s","late":true,"level":1,"unansweredWeeks":0}],"next":"cursor&1"}""".formatted(PATHWAY, TAKEN, ago(3000), ago(130)));
        services.says("GET /api/v1/worklist?kind=unassigned", """
                {"items":[{"id":"row-2","pathway":"%s","template":"discharge-home","commune":"23096",
                  "step":"medication-reconciliation","role":"pharmacist","status":"unassigned","responsible":"structure:990000044",
                  "since":"%s","late":false,"level":0,"unassigned":"NO_CANDIDATE","unansweredWeeks":0}]}""".formatted(PATHWAY, ago(400)));
        return this;
    }

    /** Two steps are offered together: one can be, the other waits for an answer already. */
    Scenes offersTogether() {
        aPathway();
        services.says(
                "POST /api/v1/pathways/bulk/read",
                services.said("GET /api/v1/pathways/" + PATHWAY).transform(pathway -> "[" + pathway + "]"));
        for (boolean dryRun : new boolean[] {true, false}) {
            services.says("POST /api/v1/handoffs/bulk/offer?dryRun=" + dryRun, """
                    {"dryRun":%1$s,"items":[
                      {"item":{"handoff":null,"pathway":"%2$s","step":"nurse-first-visit"},"result":"%3$s",
                       "responsible":"person:99700900022","offers":[],"directoryAsked":true,"refusal":null},
                      {"item":{"handoff":null,"pathway":"%2$s","step":"medication-reconciliation"},"result":"refused",
                       "responsible":null,"offers":[],"directoryAsked":false,
                       "refusal":{"status":409,"code":"step-offered-already","title":"Déjà demandé",
                                  "detail":"Des réponses sont attendues pour cette étape."}}]}""".formatted(
                            dryRun, PATHWAY, dryRun ? "would-be-done" : "done"));
        }
        return this;
    }

    /** The last weeks of a cabinet and of another; one week had too few people to be shown. */
    Scenes lastWeeks() {
        services.says("GET /api/v1/dashboard/weeks/structures", """
                {"items":[
                  {"key":"990000028","weeks":[
                    {"week":"2026-W45","accepted":24,"hoursToAccept":{"count":24,"median":1.5,"p90":6.2},"done":20,"doneOnTime":17},
                    {"week":"2026-W46"},
                    {"week":"2026-W47","accepted":31,"hoursToAccept":{"count":31,"median":1.1,"p90":4.0},"done":28,"doneOnTime":26}]},
                  {"key":"990000051","weeks":[
                    {"week":"2026-W45","accepted":9,"hoursToAccept":{"count":9,"median":3.0,"p90":20.0},"done":8,"doneOnTime":4},
                    {"week":"2026-W46","accepted":12,"hoursToAccept":{"count":12,"median":2.5,"p90":11.0},"done":10,"doneOnTime":7},
                    {"week":"2026-W47","accepted":11,"hoursToAccept":{"count":11,"median":2.0,"p90":9.0},"done":11,"doneOnTime":10}]}]}""");
        services.says("GET /api/v1/dashboard/weeks/professions", """
                {"items":[{"key":"60","weeks":[
                    {"week":"2026-W46","accepted":40,"hoursToAccept":{"count":40,"median":1.4,"p90":5.0},"done":36,"doneOnTime":33},
                    {"week":"2026-W47","accepted":42,"hoursToAccept":{"count":42,"median":1.2,"p90":4.5},"done":39,"doneOnTime":36}]}]}""");
        return this;
    }

    /** All that any page shows. */
    Scenes everything() {
        return aNursesMorning()
                .aDay()
                .aPathway()
                .aWard()
                .aMachineRoom()
                .aMessageInTriage()
                .aDirectory()
                .withLoad()
                .aBoard()
                .lastWeeks()
                .inCommunes();
    }

    /** Communes: one with something late, one with something that nobody has, one with neither, and one that is on no map. */
    Scenes inCommunes() {
        services.says("GET /api/v1/dashboard/by/communes", """
                {"items":[
                  {"key":"23176","counters":{"openPathways":4,"openSteps":9,"late":0,"dueSoon":1,"moreDueSoon":false,"unassigned":0,"escalated":0,"probablyDone":1,"attention":0}},
                  {"key":"23193","counters":{"openPathways":2,"openSteps":4,"late":0,"dueSoon":0,"moreDueSoon":false,"unassigned":2,"escalated":0,"probablyDone":0,"attention":0}},
                  {"key":"23096","counters":{"openPathways":21,"openSteps":64,"late":7,"dueSoon":5,"moreDueSoon":false,"unassigned":3,"escalated":1,"probablyDone":4,"attention":0}},
                  {"key":"23999","counters":{"openPathways":1,"openSteps":1,"late":null,"dueSoon":null,"moreDueSoon":false,"unassigned":null,"escalated":null,"probablyDone":null,"attention":null}}]}""");
        return this;
    }

    /** A ward: one patient left without a pathway, another is followed. */
    Scenes aWard() {
        aPathway();
        services.says("GET /api/v1/stays/ended-without-pathway", """
                {"items":[{"stay":"stay-9","patient":"patient-1","facility":"CH-EXEMPLE","unit":"3010","endedAt":"%s","destination":"HOME"}]}""".formatted(ago(90)));
        services.says("GET /api/v1/worklist?kind=pathways", """
                {"items":[{"id":"row-9","pathway":"%s","template":"discharge-home","commune":"23096","status":"running",
                  "responsible":"structure:990000044","since":"%s","late":false,"level":0,"unansweredWeeks":0}]}""".formatted(PATHWAY, ago(4300)));
        services.says(
                "POST /api/v1/pathways/bulk/read",
                services.said("GET /api/v1/pathways/" + PATHWAY).transform(pathway -> "[" + pathway + "]"));
        return this;
    }

    /** A ward, and somebody who leaves tomorrow: no nurse yet, no order; the letter is still to be sent. */
    Scenes aWardBeforeTheWeekend() {
        aWard();
        services.says("GET /api/v1/worklist?kind=pathways", """
                {"items":[{"id":"row-8","pathway":"pathway-leaves","template":"discharge-home","commune":"23096",
                  "status":"waiting-for-discharge","responsible":"structure:990000044","since":"%s","late":false,"level":0,
                  "unansweredWeeks":0}]}""".formatted(ago(60)));
        services.says("POST /api/v1/pathways/bulk/read", """
                [{"id":"pathway-leaves","patient":"patient-2","template":"discharge-home.v2","owner":"structure:990000044",
                  "coordinator":"structure:990000051","commune":"23096","status":"waiting-for-discharge","openedAt":"%s",
                  "expectedAt":"%s","preparation":{"order":false,"material":true},
                  "steps":[
                   {"key":"letter","role":"ward","profession":"","status":"open","responsible":"structure:990000044",
                    "dueSoon":false,"overdue":false,"level":0,"handoffs":[]},
                   {"key":"nurse-first-visit","role":"nurse","profession":"60","status":"offered",
                    "responsible":"structure:990000044","dueAt":"%s","dueSoon":false,"overdue":false,"level":0,
                    "handoffs":[{"id":"handoff-l","status":"offered","to":"structure:990000028#60","wave":1,"answerBy":"%s"}]},
                   {"key":"gp-visit","role":"gp","profession":"10","status":"accepted","responsible":"person:99700900014",
                    "dueAt":"%s","dueSoon":false,"overdue":false,"level":0,"handoffs":[]}]}]""".formatted(ago(300), in(720), in(3600), in(60), in(9000)));
        return this;
    }

    /** The directory: a nurse who is full, her cabinet, and the collective that it belongs to. */
    Scenes aDirectory() {
        String anne = """
                {"id":"99700900022","profession":"60","name":"Anne TOURNEE","specialties":[],"structures":["990000028"],
                 "communes":["23096","23193","23245","23247"],"delegateOf":[],
                 "availability":{"room":{"state":"FULL","until":"%s"},"absences":[{"from":"%s","to":"%s",
                   "substitute":{"kind":"PERSON","id":"99700900014"}}]},
                 "memberships":[{"collective":"990000051","from":"2026-01-01"}],
                 "contacts":[{"kind":"PHONE","value":"0600000022","use":"CALLS"}]}""".formatted(day(3), day(20), day(27));
        services.says("GET /api/v1/professionals", """
                {"items":[%s,{"id":"99700900014","profession":"10","name":"Alice EXEMPLE","specialties":["SM54"],
                 "structures":[],"communes":["23096"],"delegateOf":[]}],"next":"cursor&1"}""".formatted(anne));
        services.says("GET /api/v1/professionals/99700900022", anne);
        String cabinet = """
                {"id":"990000028","type":"CABINET","name":"Cabinet infirmier du Prat","commune":"23096","communes":["23096"],
                 "memberOf":["990000051"]}""";
        services.says("GET /api/v1/structures", "{\"items\":[" + cabinet + "]}");
        services.says("GET /api/v1/structures/990000028", cabinet);
        return this;
    }

    /** With what is open with her, for whoever may see that. */
    Scenes withLoad() {
        services.says("GET /api/v1/professionals/99700900022/handoffs", """
                {"items":[{"id":"h-1","status":"OFFERED"},{"id":"h-2","status":"ACCEPTED"},{"id":"h-3","status":"ACCEPTED"}]}""");
        return this;
    }

    static String day(int ahead) {
        return java.time.LocalDate.now(java.time.ZoneId.of("Europe/Paris"))
                .plusDays(ahead)
                .toString();
    }

    /** A hospital's message that no rule understands. */
    Scenes aMessageInTriage() {
        String message = """
                {"id":"%s","format":"hl7v2","facility":"CH-EXEMPLE","trigger":"ADT^A03","control":"MSG-77","receivedAt":"%s",
                 "status":"triage","reason":{"code":"how-the-patient-left-is-missing",
                 "words":"le mode de sortie (ZFM-2) manque : demandez au service comment le patient est sorti"},
                 "repeats":2,"size":512,"contentKept":true,
                 "decisions":[{"what":"retried","by":"99700900014","at":"%s"}]}""".formatted(MESSAGE, ago(8), ago(3));
        services.says("GET /api/v1/hospital-messages", "{\"items\":[" + message + "],\"next\":\"cursor&1\"}");
        services.says("GET /api/v1/hospital-messages/" + MESSAGE, message);
        StringBuilder segments = new StringBuilder();
        for (String line : ER7.strip().split("\r")) {
            String[] fields = line.split("\\|");
            StringBuilder named = new StringBuilder();
            for (int i = 1; i < fields.length; i++) {
                if (!fields[i].isEmpty()) {
                    named.append(named.isEmpty() ? "" : ",")
                            .append("{\"position\":%d,\"value\":\"%s\"}"
                                    .formatted(line.startsWith("MSH") ? i + 1 : i, fields[i].replace("\\", "\\\\")));
                }
            }
            segments.append(segments.isEmpty() ? "" : ",")
                    .append("{\"name\":\"%s\",\"fields\":[%s]}".formatted(fields[0], named));
        }
        services.says(
                "GET /api/v1/hospital-messages/" + MESSAGE + "/content",
                "{\"id\":\"%s\",\"text\":\"%s\",\"segments\":[%s]}"
                        .formatted(MESSAGE, ER7.replace("\\", "\\\\").replace("\r", "\\r"), segments));
        return this;
    }

    /** The machine room: a doubtful message, an event set aside, a mail that did not arrive. */
    Scenes aMachineRoom() {
        services.says("GET /api/v1/views", """
                [{"name":"pathways","version":7,"caughtUp":true,"lagMillis":12,"stale":0,"missing":0},
                 {"name":"tellings","version":2,"caughtUp":false,"lagMillis":8200,"stale":3,"missing":0}]""");
        services.says("GET /api/v1/journal", "{\"unsent\":1204,\"oldestUnsent\":\"%s\"}".formatted(ago(2)));
        services.says("GET /api/v1/dead-letters", """
                {"items":[{"id":"pathways relais.encounter 3 17","consumer":"pathways","topic":"relais.encounter","partition":3,
                  "offset":17,"stream":"stay-1","reason":"visit is missing","keptAt":"%s","open":true}]}""".formatted(ago(50)));
        services.says("GET /api/v1/hospital-messages", """
                {"items":[{"id":"message-5","facility":"CH-EXEMPLE","trigger":"A03","control":"MSG-77","receivedAt":"%s",
                  "status":"triage","repeats":0,"contentKept":true,"reason":{"code":"destination-missing","words":"Le mode de sortie (ZFM-2) manque."}}]}""".formatted(ago(8)));
        services.says("GET /api/v1/hospital-messages/quality", """
                {"items":[{"facility":"CH-EXEMPLE","counts":{"received":1204,"understood":96,"ignored":1090,"triaged":18,
                   "withoutZfm":14,"repeated":40},
                  "shares":{"understood":0.08,"ignored":0.905,"triaged":0.015,"withoutZfm":0.012,"repeated":0.032},
                  "examples":{"triaged":["message-5"],"withoutZfm":["message-5","message-6"]},"inTriage":1}]}""");
        services.says("GET /api/v1/deliveries", "{\"items\":[]}");
        services.says("GET /api/v1/deliveries?status=given-up", """
                {"items":[{"delivery":"delivery-3","recipient":"person:99700900014","channel":"EMAIL","notice":"OFFER",
                  "status":"given-up","attempts":6,"why":"the mail server answered 550","queuedAt":"%s","since":"%s"}]}""".formatted(ago(600), ago(300)));
        return this;
    }

    Scenes nothing() {
        services.says("GET /api/v1/handoffs", "{\"items\":[]}");
        return this;
    }

    static String in(long minutes) {
        return Instant.now().plus(Duration.ofMinutes(minutes)).toString();
    }

    static String ago(long minutes) {
        return in(-minutes);
    }
}
