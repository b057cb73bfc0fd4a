package fr.relais.notification;

import fr.relais.kit.problem.ProblemTitlesContract;
import java.util.Collection;
import java.util.List;

class ProblemTitlesTest extends ProblemTitlesContract {

    @Override
    protected Collection<String> codes() {
        return List.of(
                "no-such-delivery",
                "no-such-webhook",
                "webhook-address-refused",
                "delivery-status-unknown",
                "not-due-yet",
                "attempt-under-way",
                "no-such-attempt",
                "digest-has-left",
                "nothing-to-resend",
                "inbox-priority-unknown",
                "inbox-read-count",
                "preference-channel-unknown",
                "preference-digest-out-of-bounds",
                "preference-language-unknown",
                "preference-email-malformed",
                "preference-consent-missing");
    }
}
