package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.Problems;
import fr.relais.pathway.application.HospitalMessages;
import fr.relais.pathway.application.HospitalMessages.Status;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What came from hospitals and what became of it, for operators; never what it says. */
@RestController
class HospitalMessagesController {

    private final HospitalMessages messages;

    HospitalMessagesController(HospitalMessages messages) {
        this.messages = messages;
    }

    /** A message as it is answered. */
    record MessageBody(
            String id,
            String format,
            String facility,
            String control,
            String trigger,
            String status,
            @Nullable String reason,
            @Nullable String outcome,
            Instant receivedAt,
            @Nullable Instant endedAt,
            int repeats,
            int size) {

        static MessageBody of(HospitalMessages.Listed listed) {
            return new MessageBody(
                    listed.id(),
                    listed.format(),
                    listed.facility(),
                    listed.control(),
                    listed.trigger(),
                    listed.status().word(),
                    listed.reason(),
                    listed.outcome(),
                    listed.receivedAt(),
                    listed.endedAt(),
                    listed.repeats(),
                    listed.size());
        }
    }

    @GetMapping("/api/v1/hospital-messages")
    Page<MessageBody> list(@RequestParam(defaultValue = "triage") String status, Caller caller, Paging paging) {
        caller.require(Role.OPERATOR);
        Status asked = Status.ofWord(status)
                .orElseThrow(() -> Problems.badRequest(
                        "status-unknown",
                        "status is one of "
                                + Arrays.stream(Status.values())
                                        .map(Status::word)
                                        .collect(Collectors.joining(", "))));
        return messages.list(asked, paging).map(MessageBody::of);
    }
}
