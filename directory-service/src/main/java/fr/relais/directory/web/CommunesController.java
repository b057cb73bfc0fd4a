package fr.relais.directory.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.place.CommuneRegister;
import fr.relais.kit.problem.Problems;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What communes are called, and where they lie. */
@RestController
class CommunesController {

    private static final int MOST = 200;
    private static final int MOST_FOUND = 20;

    private final CommuneRegister communes;

    CommunesController(CommuneRegister communes) {
        this.communes = communes;
    }

    /**
     * A commune by its code.
     *
     * @param code INSEE code (COG)
     * @param latitude of its centre, in degrees of WGS 84, where it is known
     * @param longitude likewise
     */
    record Named(
            String code,
            String name,
            @Nullable Double latitude,
            @Nullable Double longitude) {

        static Named of(CommuneRegister.Commune commune) {
            CommuneRegister.Centre centre = commune.centre();
            return new Named(
                    commune.code(),
                    commune.name(),
                    centre == null ? null : (Double) centre.latitude(),
                    centre == null ? null : (Double) centre.longitude());
        }
    }

    /**
     * The names of communes, or the communes of a name; one that is not known is left out.
     *
     * @param codes INSEE codes, 200 at most
     * @param name how a name begins, accents and hyphens or not; 20 communes at most, those called exactly so first
     */
    @GetMapping("/api/v1/communes")
    List<Named> names(
            @RequestParam(required = false) @Nullable List<String> codes,
            @RequestParam(required = false) @Nullable String name,
            Caller caller) {
        Readers.require(caller);
        if (codes == null) {
            if (name == null || name.isBlank()) {
                throw Problems.badRequest(
                        "communes-unsaid", "Ask for communes by codes, or by the beginning of a name.");
            }
            return communes.named(name, MOST_FOUND).stream().map(Named::of).toList();
        }
        if (codes.size() > MOST) {
            throw Problems.badRequest("list-too-long", "Ask for at most " + MOST + " communes at once.");
        }
        return codes.stream()
                .distinct()
                .map(communes::find)
                .flatMap(Optional::stream)
                .map(Named::of)
                .toList();
    }
}
