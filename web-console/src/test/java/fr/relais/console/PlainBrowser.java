package fr.relais.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without JavaScript: it follows links and redirects, keeps cookies and sends forms as they were drawn. */
final class PlainBrowser {

    private static final Pattern FORM = Pattern.compile("(?s)<form\\b([^>]*)>(.*?)</form>");
    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\"[^>]*>");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String base;
    private final String language;
    final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();

    PlainBrowser(String base, String language) {
        this.base = base;
        this.language = language;
    }

    HttpResponse<String> open(String path) {
        return send(request(path).GET().build());
    }

    /** Without following where it leads. */
    HttpResponse<String> first(String path) {
        HttpClient once = HttpClient.newBuilder().cookieHandler(cookies).build();
        return send(once, request(path).GET().build());
    }

    HttpResponse<String> openFragment(String path) {
        return send(request(path).header("HX-Request", "true").GET().build());
    }

    /** Sends the form that leads to this action, with what stands hidden in it and what is filled in. */
    HttpResponse<String> send(HttpResponse<String> page, String action, String... filledIn) {
        Matcher forms = FORM.matcher(page.body());
        while (forms.find()) {
            if (attribute(forms.group(1), "action").equals(action)) {
                List<String> fields = new ArrayList<>();
                Matcher hidden = HIDDEN.matcher(forms.group(2));
                while (hidden.find()) {
                    fields.add(field(attribute(hidden.group(), "name"), attribute(hidden.group(), "value")));
                }
                for (int i = 0; i < filledIn.length; i += 2) {
                    fields.add(field(filledIn[i], filledIn[i + 1]));
                }
                return post(action, String.join("&", fields));
            }
        }
        throw new AssertionError("no form to " + action + " in " + page.body());
    }

    /** Sends the form that leads to this action with a file. */
    HttpResponse<String> sendFile(HttpResponse<String> page, String action, String name, String text) {
        Matcher forms = FORM.matcher(page.body());
        while (forms.find()) {
            if (attribute(forms.group(1), "action").equals(action)) {
                StringBuilder parts = new StringBuilder();
                Matcher hidden = HIDDEN.matcher(forms.group(2));
                while (hidden.find()) {
                    parts.append("--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                            .formatted(attribute(hidden.group(), "name"), attribute(hidden.group(), "value")));
                }
                parts.append("--b\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"lettre.txt\"\r\n"
                                .formatted(name))
                        .append("Content-Type: text/plain\r\n\r\n")
                        .append(text)
                        .append("\r\n--b--\r\n");
                return send(request(action)
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(HttpRequest.BodyPublishers.ofString(parts.toString()))
                        .build());
            }
        }
        throw new AssertionError("no form to " + action + " in " + page.body());
    }

    HttpResponse<String> post(String path, String form) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    HttpCookie cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
                .header("Accept", "text/html,*/*;q=0.8")
                .header("Accept-Language", language)
                .timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest request) {
        return send(http, request);
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String field(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String attribute(String tag, String name) {
        Matcher found = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return found.find()
                ? found.group(1).replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"")
                : "";
    }
}
