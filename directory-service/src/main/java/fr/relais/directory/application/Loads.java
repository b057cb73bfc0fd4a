package fr.relais.directory.application;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import fr.relais.directory.application.LoadReport.Entry;
import fr.relais.directory.application.LoadReport.Result;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.time.Ids;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Loads files into the directory. Good lines are applied and bad ones reported. Lines are taken in batches and each batch
 * side by side, so memory stays bounded and the journal writes many at once; lines about one entry keep their order.
 * A load that breaks off has applied what it read; repeating the file finds that unchanged.
 */
public final class Loads {

    private final Professionals professionals;
    private final Structures structures;
    private final List<FileFormat> formats;
    private final int batch;
    private final int shown;

    /**
     * A loader.
     *
     * @param formats of files that can be loaded
     * @param batch how many lines are applied side by side
     * @param shown how many lines a report shows, and how many rejected ones beside
     */
    public Loads(Professionals professionals, Structures structures, List<FileFormat> formats, int batch, int shown) {
        this.professionals = professionals;
        this.structures = structures;
        this.formats = List.copyOf(formats);
        this.batch = batch;
        this.shown = shown;
    }

    /** The format of a media type, where it can be loaded. */
    public Optional<FileFormat> format(String mediaType) {
        return formats.stream()
                .filter(format -> format.mediaType().equals(mediaType))
                .findFirst();
    }

    /** The media types that can be loaded. */
    public List<String> mediaTypes() {
        return formats.stream().map(FileFormat::mediaType).toList();
    }

    /** Applies the lines of a file; each is a command of its own under the id of the load. */
    public LoadReport apply(CommandContext load, FileFormat format, InputStream file) {
        Iterator<Line> lines = format.lines(file);
        Tally tally = new Tally();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (lines.hasNext()) {
                List<Line> taken = new ArrayList<>(batch);
                while (taken.size() < batch && lines.hasNext()) {
                    taken.add(lines.next());
                }
                apply(load, taken, threads).forEach(tally::add);
            }
        }
        return tally.report();
    }

    private List<Entry> apply(CommandContext load, List<Line> lines, ExecutorService threads) {
        List<Future<List<Entry>>> running = new ArrayList<>();
        lines.stream()
                .collect(groupingBy(Loads::stream, LinkedHashMap::new, toList()))
                .values()
                .forEach(ofOne -> running.add(threads.submit(
                        () -> ofOne.stream().map(line -> apply(load, line)).toList())));
        return running.stream()
                .flatMap(Loads::join)
                .sorted(Comparator.comparingLong(Entry::line))
                .toList();
    }

    private static String stream(Line line) {
        return switch (line) {
            case Line.OfProfessional it -> Professionals.stream(it.as().id());
            case Line.OfStructure it -> Structures.stream(it.as().id());
            case Line.Unusable it -> "line-" + it.number();
        };
    }

    private Entry apply(CommandContext load, Line line) {
        return switch (line) {
            case Line.OfProfessional it ->
                entry(line, it.as().id(), professionals.describeLine(context(load, line), it.as()));
            case Line.OfStructure it ->
                entry(line, it.as().id(), structures.describeLine(context(load, line), it.as()));
            case Line.Unusable it -> new Entry(it.number(), Result.REJECTED, null, it.code(), it.message());
        };
    }

    private static Entry entry(Line line, String id, Described described) {
        return switch (described) {
            case Described.Changed changed -> new Entry(line.number(), Result.ACCEPTED, id, null, null);
            case Described.Unchanged unchanged -> new Entry(line.number(), Result.UNCHANGED, id, null, null);
            case Described.Refused refused ->
                new Entry(
                        line.number(),
                        Result.REJECTED,
                        id,
                        refused.reason().code(),
                        refused.reason().message());
        };
    }

    private static CommandContext context(CommandContext load, Line line) {
        return new CommandContext(
                load.commandId() + "/line-" + line.number(),
                Ids.from("line", line.toString()),
                load.actor(),
                load.at(),
                load.causation(),
                load.traceparent());
    }

    private static Stream<Entry> join(Future<List<Entry>> running) {
        try {
            return running.get().stream();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the load was interrupted: send the same file again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the load broke off: send the same file again", e.getCause());
        }
    }

    private final class Tally {

        private final Map<Result, Long> counts = new EnumMap<>(Result.class);
        private final List<Entry> rejected = new ArrayList<>();
        private final List<Entry> others = new ArrayList<>();

        void add(Entry entry) {
            counts.merge(entry.result(), 1L, Long::sum);
            List<Entry> kept = entry.result() == Result.REJECTED ? rejected : others;
            if (kept.size() < shown) {
                kept.add(entry);
            }
        }

        LoadReport report() {
            List<Entry> lines = Stream.concat(rejected.stream(), others.stream())
                    .sorted(Comparator.comparingLong(Entry::line))
                    .toList();
            long all = counts.values().stream().mapToLong(Long::longValue).sum();
            return new LoadReport(
                    count(Result.ACCEPTED), count(Result.UNCHANGED), count(Result.REJECTED), lines, all - lines.size());
        }

        private long count(Result result) {
            return counts.getOrDefault(result, 0L);
        }
    }
}
