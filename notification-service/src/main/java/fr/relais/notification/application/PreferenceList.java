package fr.relais.notification.application;

import fr.relais.events.Party;

/** How people want to be told. */
public interface PreferenceList {

    /** What a person said, or the usual when they said nothing. */
    Preferences of(Party owner);

    /** Keeps what a person said, in place of what they said before. */
    void save(Preferences preferences);
}
