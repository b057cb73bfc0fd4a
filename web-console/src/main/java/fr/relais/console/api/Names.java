package fr.relais.console.api;

import fr.relais.console.access.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;

/**
 * Names of professionals, structures and communes, by their keys, as the directory has them. Each instance remembers some for a few
 * minutes: they are public, and the same for everyone. What the directory does not know keeps its number.
 */
@Component
public class Names {

    /** More than these on one page keep their numbers: the directory has no call that answers for many. */
    private static final int MOST_ASKED = 24;

    private static final int MOST_KEPT = 5_000;
    private static final long FRESH = Duration.ofMinutes(10).toNanos();
    private static final ParameterizedTypeReference<Listed> LISTED = new ParameterizedTypeReference<>() {};

    private static final ParameterizedTypeReference<List<Commune>> COMMUNES = new ParameterizedTypeReference<>() {};

    private record Listed(String id, String name) {}

    private record Commune(String code, String name) {}

    private static final String COMMUNE = "commune:";

    private record Kept(String name, long at) {}

    private final ServiceClient service;
    private final Map<String, Kept> kept = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    };

    Names(ServicesProperties services) {
        this.service = new ServiceClient("directory-service", services.directory(), services.timeout());
    }

    /** The key of a commune. */
    public static String commune(String code) {
        return COMMUNE + code;
    }

    /**
     * The names of these keys, as {@code person:…}, {@code structure:…} or {@code commune:…}; a key may bear a profession
     * after {@code #}.
     */
    public Map<String, String> of(Visitor visitor, Collection<String> keys) {
        Map<String, String> names = new HashMap<>();
        Map<String, Future<String>> asked = new HashMap<>();
        List<String> communes = new ArrayList<>();
        // Its close waits for all of them.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String key : List.copyOf(new java.util.LinkedHashSet<>(keys))) {
                String party = party(key);
                String known = known(party);
                if (known != null) {
                    names.put(key, known);
                } else if (party.startsWith(COMMUNE)) {
                    communes.add(party);
                } else if (asked.size() < MOST_ASKED) {
                    Callable<String> look = () -> look(visitor, party);
                    asked.put(key, threads.submit(look));
                } else {
                    names.put(key, number(party));
                }
            }
        }
        asked.forEach((key, name) -> names.put(key, answer(key, name)));
        if (!communes.isEmpty()) {
            names.putAll(communes(visitor, communes));
        }
        return names;
    }

    private Map<String, String> communes(Visitor visitor, List<String> keys) {
        Map<String, String> names = new HashMap<>();
        keys.forEach(key -> names.put(key, number(key)));
        try {
            service.get(
                            visitor,
                            null,
                            address -> address.path("/api/v1/communes")
                                    .queryParam(
                                            "codes",
                                            keys.stream().map(Names::number).toList())
                                    .build(),
                            COMMUNES)
                    .forEach(commune -> names.put(commune(commune.code()), commune.name()));
        } catch (Refusal | ServiceAway e) {
            // A page without a name is better than none.
            return names;
        }
        synchronized (kept) {
            names.forEach((key, name) -> kept.put(key, new Kept(name, System.nanoTime())));
        }
        return names;
    }

    private static String party(String key) {
        int profession = key.indexOf('#');
        return profession < 0 ? key : key.substring(0, profession);
    }

    private static String number(String party) {
        return party.substring(party.indexOf(':') + 1);
    }

    private @org.jspecify.annotations.Nullable String known(String party) {
        synchronized (kept) {
            Kept found = kept.get(party);
            return found == null || System.nanoTime() - found.at() > FRESH ? null : found.name();
        }
    }

    private String look(Visitor visitor, String party) {
        String number = number(party);
        String name;
        try {
            name = service.get(
                            visitor,
                            null,
                            address -> party.startsWith("structure:")
                                    ? address.path("/api/v1/structures/{id}").build(number)
                                    // Some national identifiers have a slash, and the directory takes them so.
                                    : address.path("/api/v1/professionals/")
                                            .path(number)
                                            .build(),
                            LISTED)
                    .name();
        } catch (Refusal e) {
            name = number;
        }
        synchronized (kept) {
            kept.put(party, new Kept(name, System.nanoTime()));
        }
        return name;
    }

    /** A page without a name is better than none. */
    private static String answer(String key, Future<String> name) {
        try {
            return name.get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            return number(party(key));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return number(party(key));
        }
    }
}
