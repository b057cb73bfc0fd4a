package fr.relais.console.api;

import fr.relais.console.access.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;

/**
 * Names of professionals, structures and communes, by their keys, as the directory has them. Each instance remembers some for a few
 * minutes: they are public, and the same for everyone. What the directory does not know keeps its number, and is asked for
 * again by the next page: somebody may be adding it.
 */
@Component
public class Names {

    /** The directory names so many parties, and so many communes, in one call. */
    private static final int MOST_PARTIES = 500;

    private static final int MOST_COMMUNES = 200;

    private static final int MOST_KEPT = 5_000;
    private static final long FRESH = Duration.ofMinutes(10).toNanos();
    private static final ParameterizedTypeReference<List<Named>> NAMED = new ParameterizedTypeReference<>() {};

    private static final ParameterizedTypeReference<List<Commune>> COMMUNES = new ParameterizedTypeReference<>() {};

    private record Named(String key, String name) {}

    /**
     * A commune by its INSEE code.
     *
     * @param latitude where it lies, in degrees of WGS 84; null where that is not known
     * @param longitude likewise
     */
    public record Commune(
            String code,
            String name,
            @Nullable Double latitude,
            @Nullable Double longitude) {}

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
        Set<String> parties = new LinkedHashSet<>();
        Set<String> communes = new LinkedHashSet<>();
        for (String key : keys) {
            String party = party(key);
            String known = known(party);
            names.put(key, known == null ? number(party) : known);
            if (known == null) {
                (party.startsWith(COMMUNE) ? communes : parties).add(party);
            }
        }
        Map<String, String> found = new HashMap<>();
        if (!parties.isEmpty()) {
            found.putAll(parties(visitor, parties.stream().limit(MOST_PARTIES).toList()));
        }
        if (!communes.isEmpty()) {
            found.putAll(
                    communes(visitor, communes.stream().limit(MOST_COMMUNES).toList()));
        }
        names.replaceAll((key, name) -> found.getOrDefault(party(key), name));
        return names;
    }

    private Map<String, String> parties(Visitor visitor, List<String> keys) {
        Map<String, String> names = new HashMap<>();
        try {
            service.post(visitor, null, address -> address.path("/api/v1/names").build(), Map.of("keys", keys), NAMED)
                    .forEach(named -> names.put(named.key(), named.name()));
        } catch (Refusal | ServiceAway e) {
            // A page without a name is better than none.
            return names;
        }
        keep(names);
        return names;
    }

    /** Communes whose name begins so, those called exactly so first; none where the directory is away. */
    public List<Commune> communesNamed(Visitor visitor, String beginning) {
        try {
            return service.get(
                    visitor,
                    null,
                    address -> address.path("/api/v1/communes")
                            .queryParam("name", "{name}")
                            .build(beginning),
                    COMMUNES);
        } catch (Refusal | ServiceAway e) {
            // The form takes codes too.
            return List.of();
        }
    }

    /** These communes with where they lie; without those that the directory does not know, none where it is away. */
    public List<Commune> communes(Visitor visitor, Collection<String> codes) {
        List<Commune> found = new ArrayList<>();
        List<String> all = List.copyOf(codes);
        try {
            for (int from = 0; from < all.size(); from += MOST_COMMUNES) {
                found.addAll(asked(visitor, all.subList(from, Math.min(all.size(), from + MOST_COMMUNES))));
            }
        } catch (Refusal | ServiceAway e) {
            // A page without a map is better than none.
            return found;
        }
        return found;
    }

    private List<Commune> asked(Visitor visitor, List<String> codes) {
        return service.get(
                visitor,
                null,
                address -> address.path("/api/v1/communes")
                        .queryParam("codes", codes)
                        .build(),
                COMMUNES);
    }

    private Map<String, String> communes(Visitor visitor, List<String> keys) {
        Map<String, String> names = new HashMap<>();
        try {
            asked(visitor, keys.stream().map(Names::number).toList())
                    .forEach(commune -> names.put(commune(commune.code()), commune.name()));
        } catch (Refusal | ServiceAway e) {
            // A page without a name is better than none.
            return names;
        }
        keep(names);
        return names;
    }

    private void keep(Map<String, String> names) {
        synchronized (kept) {
            names.forEach((key, name) -> kept.put(key, new Kept(name, System.nanoTime())));
        }
    }

    private static String party(String key) {
        int profession = key.indexOf('#');
        return profession < 0 ? key : key.substring(0, profession);
    }

    private static String number(String party) {
        return party.substring(party.indexOf(':') + 1);
    }

    private @Nullable String known(String party) {
        synchronized (kept) {
            Kept found = kept.get(party);
            return found == null || System.nanoTime() - found.at() > FRESH ? null : found.name();
        }
    }
}
