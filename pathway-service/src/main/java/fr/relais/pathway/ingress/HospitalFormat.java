package fr.relais.pathway.ingress;

import fr.relais.pathway.application.MessageWork.Claimed;

/** A format that hospitals write. To add one, see {@code docs/howto/add-a-hospital-format.md}. */
public interface HospitalFormat {

    /** The name under which its messages are kept, for example {@code hl7v2}; it never changes. */
    String name();

    /** What a kept message says. Doubt is a meaning too: nothing a sender writes makes this throw. */
    Meaning read(Claimed message);
}
