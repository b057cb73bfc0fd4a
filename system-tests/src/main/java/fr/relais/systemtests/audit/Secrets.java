package fr.relais.systemtests.audit;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds any of many secrets in a text, in one pass over its words: whole words, in any case, with or without accents,
 * whatever stands between the words. A name of one or two letters is no secret, as everything has it.
 */
final class Secrets {

    private static final int SHORTEST = 3;

    private record Words(List<String> words, Secret secret) {}

    private final Map<String, List<Words>> byFirstWord = new HashMap<>();

    private Secrets() {}

    static Secrets of(Collection<Identity> identities) {
        Secrets secrets = new Secrets();
        Set<Secret> known = new LinkedHashSet<>();
        identities.forEach(identity -> known.addAll(identity.secrets()));
        known.forEach(secrets::add);
        return secrets;
    }

    private void add(Secret secret) {
        List<String> words = wordsOf(secret.text());
        if (words.stream().mapToInt(String::length).sum() >= SHORTEST) {
            byFirstWord
                    .computeIfAbsent(words.getFirst(), any -> new ArrayList<>(1))
                    .add(new Words(words, secret));
        }
    }

    /** Those that a text holds, each once. */
    Stream<Secret> in(String text) {
        Set<Secret> found = new LinkedHashSet<>();
        if (text.contains("MSH|^") || text.contains("PID|1|") || text.contains("PID|||")) {
            found.add(new Secret(Secret.Kind.MESSAGE_BODY, "segments of HL7 v2"));
        }
        List<String> words = wordsOf(text);
        for (int i = 0; i < words.size(); i++) {
            List<Words> candidates = byFirstWord.get(words.get(i));
            if (candidates == null) {
                continue;
            }
            for (Words candidate : candidates) {
                int end = i + candidate.words().size();
                if (end <= words.size() && words.subList(i, end).equals(candidate.words())) {
                    found.add(candidate.secret());
                }
            }
        }
        return found.stream();
    }

    private static List<String> wordsOf(String text) {
        String plain = plain(text);
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= plain.length(); i++) {
            boolean inWord = i < plain.length() && Character.isLetterOrDigit(plain.charAt(i));
            if (inWord && start < 0) {
                start = i;
            } else if (!inWord && start >= 0) {
                words.add(plain.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    private static String plain(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        for (int i = 0; i < upper.length(); i++) {
            if (upper.charAt(i) > 127) {
                return Normalizer.normalize(upper, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
            }
        }
        return upper;
    }
}
