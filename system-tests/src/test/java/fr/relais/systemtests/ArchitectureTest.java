package fr.relais.systemtests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import fr.relais.events.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the house. Each says, where it is broken, what to do instead. */
class ArchitectureTest {

    private static final List<String> MODULES = List.of(
            "common-events",
            "service-kit",
            "directory-service",
            "pathway-service",
            "notification-service",
            "web-console");

    private static final JavaClasses RELAIS = new ClassFileImporter()
            .importPaths(MODULES.stream()
                    .map(module -> Checkout.root().resolve(module).resolve("target/classes"))
                    .toList());

    private static final String[] DOMAINS = {"fr.relais.*.domain.."};
    private static final Set<String> SERVICES = Set.of("directory", "pathway", "notification");
    private static final List<String> MODULES_WITH_ROOMS = List.of("directory", "pathway", "notification", "console");
    private static final String[] SERVICE_PACKAGES =
            SERVICES.stream().map(service -> "fr.relais." + service + "..").toArray(String[]::new);

    @Test
    void every_module_is_looked_at() {
        for (String module : MODULES) {
            Path classes = Checkout.root().resolve(module).resolve("target/classes");
            assertThat(Files.isDirectory(classes)).as(classes + " is built").isTrue();
        }
        for (String service : SERVICES) {
            assertThat(RELAIS.stream().filter(resideInAPackage("fr.relais." + service + "..")))
                    .as("classes of " + service)
                    .isNotEmpty();
        }
    }

    @Test
    void a_domain_is_pure() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAINS)
                .should()
                .dependOnClassesThat(describe(
                        "are neither the JDK's, common-events, the kit's decide package nor the domain's own",
                        other -> !resideInAnyPackage(
                                                "java..",
                                                "org.jspecify..",
                                                "fr.relais.events..",
                                                "fr.relais.kit.decide..",
                                                "fr.relais.*.domain..")
                                        .test(other.getBaseComponentType())
                                && !other.getBaseComponentType().isPrimitive()))
                .because(
                        "rules are functions: hand what is needed in with the command, and let application do the rest")
                .check(RELAIS);
    }

    @Test
    void events_know_nothing_of_spring_mongo_or_kafka() {
        noClasses()
                .that()
                .resideInAPackage("fr.relais.events..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "com.mongodb..", "org.apache.kafka..", "fr.relais.kit..")
                .because("common-events is what happened and nothing else: put the machinery into service-kit")
                .check(RELAIS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "pathway", "notification"})
    void services_know_nothing_of_each_other(String service) {
        String[] others = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(other -> "fr.relais." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("fr.relais." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("services meet in Kafka and nowhere else: publish an event, and project it where it is needed")
                .check(RELAIS);
    }

    @Test
    void the_console_knows_only_the_services_addresses() {
        noClasses()
                .that()
                .resideInAPackage("fr.relais.console..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("fr.relais.events..", "fr.relais.kit..", "org.apache.kafka..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICE_PACKAGES)
                .because("the console shows what the services' APIs say: what it lacks, an API is to give")
                .check(RELAIS);
    }

    @Test
    void the_kit_has_no_business_words() {
        noClasses()
                .that()
                .resideInAPackage("fr.relais.kit..")
                .should()
                .dependOnClassesThat(describe(
                        "are events of a family",
                        other -> other.getPackageName().equals("fr.relais.events")
                                && (other.getName().contains("$")
                                        && !other.getName().contains("EventCatalogue")
                                        && !other.getName().contains("Content")
                                        && !other.getName().contains("Party"))))
                .because("the kit is how every service works: a rule about one event belongs into that service")
                .check(RELAIS);
    }

    @Test
    void only_the_kit_sends_to_kafka() {
        noClasses()
                .that()
                .resideOutsideOfPackage("fr.relais.kit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka.clients.producer..", "org.springframework.kafka.core..")
                .because(
                        "what happened goes through the journal: run a command on a stream and the relay sends its events")
                .check(RELAIS);
    }

    @Test
    void mongo_stays_in_store_and_view() {
        noClasses()
                .that(resideOutsideOfPackages("fr.relais.kit..", "fr.relais.*.store..", "fr.relais.*.view.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.mongodb..", "org.bson..", "org.springframework.data.mongodb..")
                .because("stores stand behind a port of application, read models behind a ViewReader in view")
                .check(RELAIS);
    }

    @Test
    void rooms_depend_in_one_direction() {
        notFrom(
                        "..application..",
                        "..store..",
                        "..view..",
                        "..stream..",
                        "..web..",
                        "..ingress..",
                        "..channel..",
                        "..register..")
                .because("application says what it needs as a port; store, view, web and stream come to it")
                .check(serviceClasses());
        notFrom("..view..", "..domain..", "..store..", "..stream..", "..web..")
                .because(
                        "a read model folds events of common-events and knows no rules: what it shows must be in an event")
                .check(serviceClasses());
        notFrom("..store..", "..view..", "..stream..", "..web..")
                .because("the write side stands alone behind the ports of application")
                .check(serviceClasses());
        notFrom("..stream..", "..web..", "..store..", "..ingress..", "..channel..", "..register..")
                .because("what comes from Kafka runs use cases of application")
                .check(serviceClasses());
        notFrom("..web..", "..store..", "..stream..")
                .because("a controller runs use cases of application and reads views")
                .check(serviceClasses());
        noClasses()
                .that()
                .resideInAnyPackage("fr.relais.*.ingress..", "fr.relais.*.channel..", "fr.relais.*.register..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("fr.relais.*.store..", "fr.relais.*.stream..", "fr.relais.*.view..")
                .because("a speciality uses application only: give it a port")
                .check(serviceClasses());
    }

    private static ArchRule notFrom(String room, String... others) {
        return noClasses()
                .that(resideInAPackage("fr.relais.*" + room.substring(1)))
                .should(dependOnClassesThat(resideInAnyPackage(others).and(resideInAnyPackage(SERVICE_PACKAGES))))
                .allowEmptyShould(true);
    }

    private static JavaClasses serviceClasses() {
        return RELAIS.that(resideInAnyPackage(SERVICE_PACKAGES));
    }

    @Test
    void time_and_chance_come_from_the_kit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("fr.relais.kit..")
                .should()
                .callMethodWhere(describe(
                        "reads a clock or draws a random id",
                        (JavaMethodCall call) -> nowWithoutClock(call)
                                || isCall(call, "java.util.UUID", "randomUUID")
                                || isCall(call, "java.lang.System", "currentTimeMillis")
                                || isCall(call, "java.time.Clock", "systemUTC")
                                || isCall(call, "java.time.Clock", "systemDefaultZone")))
                .because(
                        "tests move the clock and repeats must meet the same id: inject RelaisClock, use Ids, or take both from the CommandContext")
                .check(RELAIS);
    }

    private static boolean nowWithoutClock(JavaMethodCall call) {
        return call.getTargetOwner().getPackageName().equals("java.time")
                && call.getName().equals("now")
                && call.getTarget().getRawParameterTypes().isEmpty();
    }

    private static boolean isCall(JavaMethodCall call, String owner, String name) {
        return call.getTargetOwner().getName().equals(owner) && call.getName().equals(name);
    }

    @Test
    void what_runs_on_the_event_loop_does_not_block() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("fr.relais.*.web..")
                .and()
                .haveRawReturnType(nameMatching("reactor\\.core\\.publisher\\.(Flux|Mono)"))
                .should(notCall(resideInAnyPackage("com.mongodb..", "fr.relais.kit.view..", "fr.relais.kit.journal..")))
                .because(
                        "a method that returns a Flux or Mono runs on the event loop: return a plain type to run on a virtual thread")
                .allowEmptyShould(true)
                .check(RELAIS);
    }

    private static ArchCondition<JavaMethod> notCall(DescribedPredicate<JavaClass> owner) {
        return new ArchCondition<>("call nothing of " + owner.getDescription()) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                method.getMethodCallsFromSelf().stream()
                        .filter(call -> owner.test(call.getTargetOwner()))
                        .forEach(call -> events.add(SimpleConditionEvent.violated(method, call.getDescription())));
            }
        };
    }

    @Test
    void nobody_injects_into_fields() {
        noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .because("one constructor and final fields say what a class needs")
                .check(RELAIS);
    }

    @Test
    void names_say_what_things_are() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .because("such a name hides what the class is for: say it in the ward's words")
                .check(RELAIS.that(describe(
                        "written by us",
                        type -> type.getRawInterfaces().stream()
                                .noneMatch(mapped -> mapped.isAnnotatedWith("org.mapstruct.Mapper")))));
    }

    @Test
    void packages_of_a_module_form_no_cycle() {
        slices().matching("fr.relais.kit.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a room one cannot leave is no room: move what both need into a third")
                .check(RELAIS);
        for (String module : MODULES_WITH_ROOMS) {
            slices().matching("fr.relais." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("rooms look inward to application and domain only")
                    .check(RELAIS);
        }
    }

    @Test
    void every_package_is_null_marked() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked")
                .because("NullAway reads only packages that are @NullMarked")
                .check(RELAIS);
        Set<String> marked = RELAIS.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        assertThat(RELAIS.stream().map(JavaClass::getPackageName).distinct().filter(name -> !marked.contains(name)))
                .as("packages without a package-info that is @NullMarked and says what the room is for")
                .isEmpty();
    }
}
