package fr.relais.systemtests.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody's browser without JavaScript: it follows redirects, keeps cookies and sends forms as they were drawn. */
public final class FormBrowser {

    private static final Pattern FORM = Pattern.compile("(?s)<form\\b([^>]*)>(.*?)</form>");
    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\"[^>]*>");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String base;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();

    /** A browser of somebody who has not logged in; it opens pages of this console unless another is said. */
    public FormBrowser(String base) {
        this.base = base;
    }

    /** @throws UncheckedIOException when nobody answers, or not within half a minute */
    public HttpResponse<String> open(String path) {
        return open(base, path);
    }

    /** The same of another instance: a cookie is for all of a host's ports. */
    public HttpResponse<String> open(String console, String path) {
        return send(request(console, path).GET());
    }

    /**
     * Sends the form of a page that leads to this address, with what stands hidden in it.
     *
     * @throws UncheckedIOException when nobody answers; the same form may be sent again
     */
    public HttpResponse<String> send(HttpResponse<String> page, String action) {
        return send(base, page, action);
    }

    /** The same to another instance than the one that drew it. */
    public HttpResponse<String> send(String console, HttpResponse<String> page, String action) {
        Matcher form = FORM.matcher(page.body());
        while (form.find()) {
            if (attribute(form.group(1), "action").equals(action)) {
                String fields = HIDDEN.matcher(form.group(2))
                        .results()
                        .map(hidden -> encoded(attribute(hidden.group(), "name")) + "="
                                + encoded(attribute(hidden.group(), "value")))
                        .collect(Collectors.joining("&"));
                return send(request(console, action)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(fields)));
            }
        }
        throw new IllegalArgumentException("there is no form to " + action + " in " + page.body());
    }

    private static HttpRequest.Builder request(String console, String path) {
        return HttpRequest.newBuilder(URI.create(console + path))
                .timeout(PATIENCE)
                .header("Accept", "text/html,*/*;q=0.8")
                .header("Accept-Language", "fr");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String attribute(String tag, String name) {
        Matcher found = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return found.find() ? found.group(1).replace("&amp;", "&") : "";
    }
}
