package fr.relais.pathway.application;

import fr.relais.pathway.application.HospitalDoor.Taken;
import java.util.List;

/** Where hospitals' messages come in as JSON CloudEvents 1.0. */
public interface EventDoor {

    /** Type of an event whose data is an HL7 v2 message, or a batch of them, as text or in {@code data_base64}. */
    String HL7V2 = "fr.relais.hl7v2.received.v1";

    /** What became of what was handed in. */
    sealed interface Answer {

        /** Each event was taken, in its order. */
        record All(List<TakenEvent> events) implements Answer {
            public All {
                events = List.copyOf(events);
            }
        }

        /**
         * One of them is no CloudEvent, and none was taken.
         *
         * @param index which one, from 0
         * @param why in plain words, with what to do
         */
        record Invalid(int index, String why) implements Answer {}
    }

    /** An event and what became of the messages in it. */
    record TakenEvent(String id, List<Taken> messages) {
        public TakenEvent {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Takes one event, or a batch. An event of another type than {@link #HL7V2} is kept in triage.
     *
     * @param structure FINESS number of the structure whose feed hands it in
     */
    Answer take(byte[] json, boolean batch, Sender sender, String structure);
}
