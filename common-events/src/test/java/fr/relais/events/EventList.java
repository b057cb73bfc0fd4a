package fr.relais.events;

/** The list of all events, for people. */
final class EventList {

    private final EventCatalogue catalogue;
    private final Javadocs javadocs;

    EventList(EventCatalogue catalogue, Javadocs javadocs) {
        this.catalogue = catalogue;
        this.javadocs = javadocs;
    }

    String markdown() {
        StringBuilder page = new StringBuilder("""
                # Events

                What happens in Relais, in the order of the families. Services meet in these events and nowhere else.

                Written from the Javadoc of `common-events` by `./mvnw -pl common-events test -Drelais.docs=write`: change
                it there. The same for machines: [asyncapi.yaml](asyncapi.yaml), [schemas](schemas). How to add one:
                [add-an-event](../howto/add-an-event.md). Where a field is said to be null, the JSON leaves it out; readers
                pass over fields they do not know.
                """);
        for (EventCatalogue.Family family : catalogue.families()) {
            page.append("\n## ").append(family.topic()).append("\n\n");
            page.append(javadocs.of(family.events()).text()).append("\n\n");
            page.append(
                    family.compacted()
                            ? "Compacted: each event bears the full state of its subject.\n\n"
                            : "Kept without end: each event says one thing that happened.\n\n");
            page.append("| event | topic | owner | what it means | |\n|---|---|---|---|---|\n");
            for (EventCatalogue.Entry entry : catalogue.entries()) {
                if (entry.family().equals(family)) {
                    page.append("| `%s` | %s | %s | %s | [schema](schemas/%5$s.json) [sample](../../%6$s/%5$s.json) |\n"
                            .formatted(
                                    entry.type(),
                                    family.topic(),
                                    family.owner(),
                                    javadocs.of(entry.event()).text().replace("|", "\\|"),
                                    entry.type(),
                                    Samples.FOLDER));
                }
            }
        }
        return page.toString();
    }
}
