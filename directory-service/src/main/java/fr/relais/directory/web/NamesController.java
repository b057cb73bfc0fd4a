package fr.relais.directory.web;

import fr.relais.directory.domain.Descriptions;
import fr.relais.directory.view.DirectoryView;
import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What professionals and structures are called: all that stand on one page in one call. */
@RestController
class NamesController {

    private static final int MOST = 500;
    private static final String PERSON = "person:";
    private static final String STRUCTURE = "structure:";

    private final DirectoryView directory;

    NamesController(DirectoryView directory) {
        this.directory = directory;
    }

    /** Whose names are asked for, as {@code person:<RPPS or national id>} or {@code structure:<FINESS>}; 500 at most. */
    record KeysBody(@Nullable List<String> keys) {}

    /**
     * A professional or structure by name.
     *
     * @param key as it was asked for
     */
    record Named(String key, String name) {}

    /**
     * The names of professionals and structures; whoever the directory has no name of is left out. It changes nothing.
     */
    @PostMapping("/api/v1/names")
    List<Named> names(@RequestBody KeysBody body, Caller caller) {
        Readers.require(caller);
        List<String> keys = body.keys() == null ? List.of() : body.keys();
        if (keys.size() > MOST) {
            throw Problems.badRequest("list-too-long", "Ask for at most " + MOST + " names at once.");
        }
        Map<String, Party> parties = new LinkedHashMap<>();
        keys.forEach(key -> parties.put(key, party(key)));
        Map<Party, String> names = directory.names(parties.values());
        List<Named> named = new ArrayList<>();
        parties.forEach((key, party) -> {
            String name = names.get(party);
            if (name != null) {
                named.add(new Named(key, name));
            }
        });
        return named;
    }

    private static Party party(@Nullable String key) {
        if (key != null && key.startsWith(PERSON) && key.length() > PERSON.length()) {
            return Party.person(Descriptions.professionalId(key.substring(PERSON.length())));
        }
        if (key != null && key.startsWith(STRUCTURE) && key.length() > STRUCTURE.length()) {
            return Party.structure(Descriptions.structureId(key.substring(STRUCTURE.length())));
        }
        throw Problems.badRequest(
                "key-unreadable", "Keys are person:<RPPS or national id> and structure:<FINESS number>.");
    }
}
