package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.model.source.RepositoryUrl;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A repository by its address, as it may look in metadata.
 *
 * @param identity equal for two addresses of one repository, whatever the protocol; hosted paths ignore case. Kept, because all
 *     tenants are compared again after each change of one
 */
record Repository(RepositoryUrl url, String identity) {
    private static final Pattern URL = Pattern.compile("(https?|ssh|git)://[^/\\s?#]+/[^\\s?#]+|file:///?[^\\s?#]+");
    private static final Pattern SCP = Pattern.compile("([^\\s/@:]+@)?[^\\s/@:]{2,}:(?!/?/)[^\\s]+");
    private static final Pattern PATH = Pattern.compile("/[^\\s]*[^\\s/][^\\s]*");
    private static final Pattern WEB_PAGE =
            Pattern.compile("https?://[^/]+/[^/]+/[^/]+/(-/)?(tree|blob|pulls?|issues)(/.*)?");
    private static final Pattern NO_SCHEME = Pattern.compile("[a-z0-9-]++(?:\\.[a-z0-9-]++)++/[^\\s:]++");

    static Repository parse(String text) {
        RepositoryUrl url = new RepositoryUrl(text);
        if (WEB_PAGE.matcher(text).matches()) {
            throw FailureException.input(
                    "this is the address of a web page, not of a repository",
                    "write " + text.replaceFirst("^(https?://[^/]+/[^/]+/[^/]+)/.*", "$1") + ".git");
        }
        if (NO_SCHEME.matcher(text).matches()) {
            throw FailureException.input("'" + text + "' has no scheme", "write https://" + text);
        }
        if (!URL.matcher(text).matches()
                && !SCP.matcher(text).matches()
                && !PATH.matcher(text).matches()) {
            throw FailureException.input(
                    "'" + text + "' is not a Git address", "for example https://github.com/acme/orders.git");
        }
        RepositoryPlace place = RepositoryPlace.of(url);
        return new Repository(
                url,
                place.host().isEmpty()
                        ? "/" + place.path()
                        : place.host() + "/" + place.path().toLowerCase(Locale.ROOT));
    }
}
