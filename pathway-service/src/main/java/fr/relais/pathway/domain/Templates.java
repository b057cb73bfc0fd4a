package fr.relais.pathway.domain;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All released templates, each version of each. They never change while the service runs, nor after. */
public final class Templates {

    private final Map<String, Template> byId = new TreeMap<>();

    public Templates(Collection<Template> templates) {
        for (Template template : templates) {
            if (byId.putIfAbsent(template.id(), template) != null) {
                throw new IllegalArgumentException(
                        "two templates are called " + template.id() + ": give the newer one the next version");
            }
        }
    }

    /** One version of one template. */
    public Optional<Template> find(String key, int version) {
        return Optional.ofNullable(byId.get(key + ".v" + version));
    }

    /** The version that a pathway was opened with and keeps for life. */
    Template pinnedBy(Pathway.Opened pathway) {
        Pathway.Dossier dossier = pathway.dossier();
        return find(dossier.template(), dossier.templateVersion())
                .orElseThrow(() -> new IllegalStateException("template " + dossier.template() + ".v"
                        + dossier.templateVersion()
                        + " is pinned by a running pathway but not in this build: put its file back"));
    }

    /** The newest version of a template. */
    public Optional<Template> newest(String key) {
        return byId.values().stream()
                .filter(template -> template.key().equals(key))
                .max((a, b) -> Integer.compare(a.version(), b.version()));
    }

    /** All of them, by key and version. */
    public Collection<Template> all() {
        return byId.values();
    }
}
