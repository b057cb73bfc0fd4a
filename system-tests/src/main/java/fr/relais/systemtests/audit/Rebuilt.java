package fr.relais.systemtests.audit;

import java.util.List;

/**
 * A view that was folded again from its topics.
 *
 * @param differences from the live one, or why it could not be folded
 */
record Rebuilt(String service, String view, long documents, List<String> differences) {}
