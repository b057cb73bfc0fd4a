package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.problem.Problems;
import fr.relais.pathway.application.MasterKeys;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The vault's master keys, for operators. */
@RestController
@RequestMapping("/api/v1/vault")
class MasterKeysController {

    private static final int MOST = 10_000;

    private final MasterKeys keys;

    MasterKeysController(MasterKeys keys) {
        this.keys = keys;
    }

    /** Which master keys there are, and how much each of them wraps. */
    @GetMapping("/keys")
    List<MasterKeys.Use> keys(Caller caller) {
        caller.require(Role.OPERATOR);
        return keys.uses();
    }

    /**
     * Wraps a part of what former master keys wrap anew by the current one. Repeat it until {@code done}; it may be cut off
     * and repeated at any time, by anybody.
     */
    @PostMapping("/rotations")
    MasterKeys.Rotation rotate(@RequestParam(defaultValue = "1000") int limit, Caller caller) {
        caller.require(Role.OPERATOR);
        if (limit < 1 || limit > MOST) {
            throw Problems.badRequest("limit-invalid", "limit is 1 to " + MOST + " data keys at a time.");
        }
        return keys.rotate(limit);
    }
}
