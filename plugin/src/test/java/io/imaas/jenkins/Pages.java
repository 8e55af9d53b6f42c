package io.imaas.jenkins;

import java.net.URI;
import java.util.function.Predicate;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jvnet.hudson.test.JenkinsRule;

/** The controller's pages as people get them, without scripts and redirections. */
record Pages(JenkinsRule jenkins) {
    /** @param user empty: nobody is logged in */
    WebResponse get(String user, String path) throws Exception {
        return ask(user, HttpMethod.GET, path, false);
    }

    WebResponse ask(String user, HttpMethod method, String path, boolean crumb) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false)) {
            browser.getOptions().setRedirectEnabled(false);
            if (!user.isEmpty()) {
                browser.withBasicCredentials(user);
            }
            WebRequest request =
                    new WebRequest(URI.create(jenkins.getURL() + path).toURL(), method);
            if (crumb) {
                browser.addCrumb(request);
            }
            return browser.getPage(request).getWebResponse();
        }
    }

    /**
     * Pages tell what is known, and read it meanwhile.
     *
     * @param looks how many at the most, 50 ms apart
     */
    String eventually(String user, String path, int looks, Predicate<String> fits) throws Exception {
        String text = "";
        for (int i = 0; i < looks; i++) {
            text = get(user, path).getContentAsString();
            if (fits.test(text)) {
                return text;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("it never came: " + text);
    }
}
