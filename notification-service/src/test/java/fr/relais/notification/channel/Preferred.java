package fr.relais.notification.channel;

import fr.relais.events.Party;
import fr.relais.notification.application.PreferenceList;
import fr.relais.notification.application.Preferences;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What people said in a test of how they want to be told. */
final class Preferred implements PreferenceList {

    private final Map<Party, Preferences> said = new ConcurrentHashMap<>();

    @Override
    public Preferences of(Party owner) {
        return said.getOrDefault(owner, Preferences.usual(owner));
    }

    @Override
    public void save(Preferences preferences) {
        said.put(preferences.owner(), preferences);
    }
}
