package fr.relais.kit.access;

import fr.relais.events.NationalIds;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import reactor.core.publisher.Mono;

/** Reads who somebody is from the claims of a checked token. */
final class TokenReader implements Converter<Jwt, Mono<AbstractAuthenticationToken>> {

    private static final Pattern FINESS = Pattern.compile("[0-9A-Za-z]{9}");
    private static final Pattern IDNST_FINESS = Pattern.compile("1[0-9A-Za-z]{9}");
    private static final Pattern IDENTIFIER = Pattern.compile("[\\x21-\\x7e]{1,100}");

    private final ClaimNames names;

    TokenReader(ClaimNames names) {
        this.names = names;
    }

    @Override
    public Mono<AbstractAuthenticationToken> convert(Jwt token) {
        return Mono.fromSupplier(() -> new CallerToken(caller(token.getClaims()), token.getExpiresAt()));
    }

    Caller caller(Map<String, Object> claims) {
        String person = names.person().stream()
                .map(name -> text(claim(claims, name)))
                .filter(id -> id != null && IDENTIFIER.matcher(id).matches())
                .findFirst()
                .orElseThrow(() -> new InvalidBearerTokenException("The token names no person: one of the claims "
                        + String.join(", ", names.person()) + " is needed"));
        Set<Practice> practices = practices(claims);
        Set<Role> roles = roles(claims);
        if (practices.stream().anyMatch(practice -> practice.profession() != null) && !isHelper(roles)) {
            // Pro Santé Connect lists the profession of health professionals, and knows nothing of our roles.
            roles.add(Role.PROFESSIONAL);
        }
        return Caller.of(NationalIds.personId(person), name(claims), practices, roles);
    }

    /** Roles that somebody gave on purpose to who is not to act as a professional. */
    private static boolean isHelper(Set<Role> roles) {
        return roles.contains(Role.DELEGATE) || roles.contains(Role.FEED);
    }

    private String name(Map<String, Object> claims) {
        return Stream.of(names.givenName(), names.familyName())
                .map(claim -> text(claim(claims, claim)))
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
    }

    private Set<Role> roles(Map<String, Object> claims) {
        Set<Role> roles = new HashSet<>();
        for (Object word : list(claim(claims, names.roles()))) {
            Role.ofWord(String.valueOf(word)).ifPresent(roles::add);
        }
        return roles;
    }

    private Set<Practice> practices(Map<String, Object> claims) {
        Set<Practice> practices = new LinkedHashSet<>();
        for (Object exercise : list(claim(claims, names.exercises()))) {
            if (!(exercise instanceof Map<?, ?> practised)) {
                continue;
            }
            String profession = text(practised.get(names.profession()));
            String specialty = text(practised.get(names.specialty()));
            List<?> activities = list(practised.get(names.activities()));
            for (Object activity : activities) {
                String structure =
                        activity instanceof Map<?, ?> there ? finess(text(there.get(names.structure()))) : null;
                add(practices, structure, profession, specialty);
            }
            if (activities.isEmpty()) {
                add(practices, null, profession, specialty);
            }
        }
        if (practices.stream().allMatch(practice -> practice.structure() == null)) {
            add(practices, finess(text(claim(claims, names.organisation()))), null, null);
        }
        return practices;
    }

    private static void add(
            Set<Practice> practices,
            @Nullable String structure,
            @Nullable String profession,
            @Nullable String specialty) {
        if (structure != null || profession != null) {
            practices.add(new Practice(structure, profession, specialty));
        }
    }

    private static @Nullable String finess(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (FINESS.matcher(text).matches()) {
            return text;
        }
        return IDNST_FINESS.matcher(text).matches() ? text.substring(1) : null;
    }

    private static @Nullable Object claim(Map<String, Object> claims, String path) {
        Object plain = claims.get(path);
        if (plain != null) {
            return plain;
        }
        Object at = claims;
        for (String name : path.split("\\.", -1)) {
            if (!(at instanceof Map<?, ?> map)) {
                return null;
            }
            at = map.get(name);
        }
        return at;
    }

    private static List<?> list(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list;
            default -> List.of(value);
        };
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }
}
