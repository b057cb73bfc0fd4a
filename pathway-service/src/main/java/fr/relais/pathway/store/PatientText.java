package fr.relais.pathway.store;

import java.util.Collection;

/** Something that holds sealed text about patients, and must let go of it. */
interface PatientText {

    /**
     * Makes every text about these patients unreadable for ever.
     *
     * @param lookups digests that name them, for what was not tied to a patient yet
     */
    void erase(Collection<String> patients, Collection<String> lookups);

    /** Takes the INS out of every text about these patients. May be repeated. */
    void withdraw(InsTraces ins, Collection<String> patients, Collection<String> lookups);
}
