package fr.relais.kit;

import static fr.relais.kit.decide.Decision.accept;
import static fr.relais.kit.decide.Decision.nothing;
import static fr.relais.kit.decide.Decision.reject;

import fr.relais.events.Actor;
import fr.relais.events.DomainEvent;
import fr.relais.events.EncounterEvent;
import fr.relais.events.EncounterEvent.PathwayUnlinked;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.deadline.Deadline;
import fr.relais.kit.deadline.DueHandler;
import fr.relais.kit.decide.Decider;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Streams;
import fr.relais.kit.stream.Reaction;
import fr.relais.kit.time.Ids;
import fr.relais.kit.time.RelaisClock;
import fr.relais.kit.view.Buckets;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.Rows;
import fr.relais.kit.view.Share;
import fr.relais.kit.view.Tallies;
import fr.relais.kit.view.ViewIndex;
import fr.relais.localstack.LocalStack;
import fr.relais.localstack.MongoChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The smallest service there is, to try the kit on: a stream is a list of words. The word {@code no} is refused, a word
 * {@code due:<instant>} sets a deadline that answers with {@code done:<n>}, and {@code echo:<stream>:<word>} says the word
 * on another stream.
 */
public final class TestService implements AutoCloseable {

    private static final AtomicInteger RUNS = new AtomicInteger();

    /** Tells one test's streams from another's on the shared topics. */
    public static String newRun() {
        return "w" + Long.toString(ProcessHandle.current().pid(), 36) + "x" + RUNS.incrementAndGet();
    }

    record Words(String id, List<String> words) {}

    record WordRow(String id, String stream, String word, boolean open, Instant dueAt) implements Deadline {}

    static final class WordsDecider implements Decider<String, List<String>, EncounterEvent> {
        @Override
        public List<String> initial() {
            return List.of();
        }

        @Override
        public Decision<EncounterEvent> decide(String word, List<String> said) {
            if (word.equals("no")) {
                return reject(Rejection.conflict("no-is-no", "say another word"));
            }
            return said.contains(word) ? nothing() : accept(new PathwayUnlinked(word));
        }

        @Override
        public List<String> evolve(List<String> said, EncounterEvent event) {
            List<String> all = new ArrayList<>(said);
            all.addAll(event.pathways());
            return all;
        }
    }

    record WordsProjector(String run) implements Projector<Words> {
        static volatile boolean mended;
        static final Instant NEVER = Instant.parse("2100-01-01T00:00:00Z");

        static final Rows<Words, WordRow> ROWS = new Rows<>(
                "word_rows",
                1,
                WordRow.class,
                WordRow::id,
                WordsProjector::rowsOf,
                List.of(ViewIndex.on("open", "dueAt"), ViewIndex.on("stream")));

        static final Buckets LENGTHS = Buckets.of("letters", 2, 4, 8);

        static final Tallies<Words> TALLIES = new Tallies<>("word_tallies", 1, WordsProjector::sharesOf);

        // A stream is quiet as long as it has said one word only, so that a counter goes down again.
        private static List<Share> sharesOf(Words words) {
            List<Share> shares = new ArrayList<>();
            if (words.words().size() == 1) {
                shares.add(Share.one("all", "quiet"));
            }
            for (String word : words.words()) {
                shares.add(Share.one("all", "words"));
                shares.add(Share.one("word:" + word, "said"));
                shares.add(LENGTHS.share("all", word.length()));
            }
            return shares;
        }

        private static List<WordRow> rowsOf(Words words) {
            List<WordRow> rows = new ArrayList<>();
            for (int i = 0; i < words.words().size(); i++) {
                String word = words.words().get(i);
                boolean due = word.startsWith("due:");
                rows.add(new WordRow(
                        words.id() + "#" + i,
                        words.id(),
                        word,
                        due && !words.words().contains("done:" + i),
                        due ? Instant.parse(word.substring(4)) : NEVER));
            }
            return rows;
        }

        @Override
        public String name() {
            return "words";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Class<Words> document() {
            return Words.class;
        }

        @Override
        public Set<Class<? extends DomainEvent>> families() {
            return Set.of(EncounterEvent.class);
        }

        @Override
        public boolean wants(String stream) {
            return stream.startsWith(run);
        }

        @Override
        public Words fold(Words state, RecordedEvent event) {
            List<String> words = new ArrayList<>(state == null ? List.of() : state.words());
            if (event.event().orElse(null) instanceof PathwayUnlinked said) {
                if (said.pathways().contains("indigestible") && !mended) {
                    throw new IllegalStateException("this word cannot be digested");
                }
                for (String word : said.pathways()) {
                    words.add(word.equals("enormous") && !mended ? word.repeat(2_200_000) : word);
                }
            }
            return new Words(event.stream(), words);
        }

        @Override
        public List<ViewIndex> indexes() {
            return List.of(ViewIndex.on("words"));
        }

        @Override
        public List<Tallies<Words>> tallies() {
            return List.of(TALLIES);
        }

        @Override
        public List<Rows<Words, ?>> rows() {
            return List.of(ROWS);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {
        @Bean
        Streams<String, List<String>, EncounterEvent> words(Journal journal) {
            return journal.streams(new WordsDecider(), EncounterEvent.class);
        }

        @Bean
        WordsProjector wordsProjector(org.springframework.core.env.Environment environment) {
            return new WordsProjector(environment.getRequiredProperty("test.run"));
        }

        @Bean
        Reaction echo(Streams<String, List<String>, EncounterEvent> words, WordsProjector projector) {
            return new Reaction() {
                @Override
                public String name() {
                    return "echo";
                }

                @Override
                public Set<Class<? extends DomainEvent>> families() {
                    return Set.of(EncounterEvent.class);
                }

                @Override
                public void on(RecordedEvent event, CommandContext context) {
                    if (!projector.wants(event.stream())) {
                        return;
                    }
                    if (event.event().orElse(null)
                            instanceof PathwayUnlinked(String stay, List<String> said, var circle)) {
                        for (String word : said) {
                            if (word.startsWith("echo:")) {
                                String[] parts = word.split(":", 3);
                                if (parts[2].equals("unsayable") && !WordsProjector.mended) {
                                    throw new IllegalArgumentException("this word cannot be said");
                                }
                                words.execute(parts[1], context, parts[2]);
                            }
                        }
                    }
                }
            };
        }

        @Bean
        DueHandler<WordRow> due(Streams<String, List<String>, EncounterEvent> words) {
            return new DueHandler<>() {
                @Override
                public String name() {
                    return "words-due";
                }

                @Override
                public Rows<?, WordRow> rows() {
                    return WordsProjector.ROWS;
                }

                @Override
                public void due(WordRow row, CommandContext context) {
                    words.execute(row.stream(), context, "done:" + row.id().split("#")[1]);
                }
            };
        }
    }

    private final ConfigurableApplicationContext context;

    private TestService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts an instance on a MongoDB of that choice; instances of one run share database, groups and streams. */
    public static TestService start(MongoChoice choice, String run, String... more) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "spring.application.name",
                "kit-" + run,
                "spring.mongodb.uri",
                choice.shared().uri("kit_" + run),
                "spring.kafka.bootstrap-servers",
                LocalStack.shared().bootstrapServers(),
                "test.run",
                run,
                "spring.main.banner-mode",
                "off"));
        for (String each : more) {
            properties.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        return new TestService(new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .run());
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @SuppressWarnings("unchecked")
    public Streams<String, List<String>, EncounterEvent> words() {
        return context.getBean(Streams.class);
    }

    /** Says a word under a command id of its own. */
    public Outcome<List<String>> say(String stream, String word) {
        return say(stream, Ids.random("test"), "", word);
    }

    /** Says a word under that command id. */
    public Outcome<List<String>> say(String stream, String commandId, String fingerprint, String word) {
        return words().execute(stream, contextOf(commandId, fingerprint), word);
    }

    public CommandContext contextOf(String commandId, String fingerprint) {
        return new CommandContext(
                commandId,
                fingerprint,
                Actor.person("99700900014", "990000010"),
                get(RelaisClock.class).instant(),
                null,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    @Override
    public void close() {
        context.close();
    }
}
