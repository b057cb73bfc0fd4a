package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.access.Visitor.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param language of the page, {@code fr} or {@code en}
 * @param theme {@code light}, {@code dark} or {@code auto}
 * @param visitor null where nobody is logged in
 * @param path of this page, to come back to after choosing a language
 * @param idleSeconds after so long without a touch the page locks itself
 * @param tryOut where newcomers play a stay; null where people are real
 */
record Frame(
        String language,
        String theme,
        @Nullable Visitor visitor,
        List<Link> links,
        String path,
        long idleSeconds,
        @Nullable String tryOut) {

    /**
     * A page that this visitor may want.
     *
     * @param name key of its texts
     */
    record Link(String name, String path, boolean here) {}

    /** Whether they may be called about a pathway, and so be read its code. */
    public boolean takesPart() {
        return visitor != null && visitor.is(Role.PROFESSIONAL, Role.DELEGATE, Role.WARD, Role.COORDINATOR);
    }

    /** The pages of each, the first being where they begin. What they may do there, the services say. */
    static List<Link> links(Visitor visitor, String path) {
        List<Link> links = new ArrayList<>();
        if (visitor.is(Role.PROFESSIONAL, Role.DELEGATE) && !visitor.is(Role.COORDINATOR)) {
            links.add(link("inbox", path));
            links.add(link("day", path));
            links.add(link("me", path));
        }
        if (visitor.is(Role.WARD)) {
            links.add(link("discharges", path));
        }
        if (visitor.is(Role.COORDINATOR, Role.WARD, Role.OPERATOR)) {
            links.add(link("board", path));
        }
        if (visitor.is(Role.WARD, Role.OPERATOR)) {
            links.add(link("hospital-messages", path));
        }
        links.add(link("directory", path));
        if (visitor.is(Role.OPERATOR)) {
            links.addFirst(link("machine-room", path));
        }
        return links;
    }

    private static Link link(String name, String path) {
        String address = "/" + name;
        return new Link(name, address, path.equals(address) || path.startsWith(address + "/"));
    }
}
