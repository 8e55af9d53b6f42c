package io.imaas.model.tenancy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRepository;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pull request of a service that runs on trial, beside the tenant's environments. */
public record Preview(ServiceName service, int number) implements Serializable {
    /** The longest name of a service that leaves room for every number. */
    public static final int LONGEST_SERVICE = 42;

    private static final int MOST = 9_999_999;
    private static final Pattern NAME = Pattern.compile("(.+)-pr-([1-9][0-9]{0,6})");

    /** @throws FailureException INPUT when the name would be too long, or the number is none of a pull request */
    public Preview {
        if (number < 1 || number > MOST || service.value().length() > LONGEST_SERVICE) {
            throw FailureException.input(
                    "pull request #" + number + " of " + service + " can't have a preview",
                    "numbers of 1 to " + MOST + " and services with a name of at most " + LONGEST_SERVICE
                            + " characters can");
        }
    }

    /** The preview that has a name; empty for what no preview is called. */
    public static Optional<Preview> of(ServiceName name) {
        Matcher matcher = NAME.matcher(name.value());
        return matcher.matches() && matcher.group(1).length() <= LONGEST_SERVICE
                ? service(matcher.group(1)).map(service -> new Preview(service, Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** The preview that an image was made for, by where it is kept. */
    public static Optional<Preview> ofImage(ImageRepository images) {
        String last = images.path().substring(images.path().lastIndexOf('/') + 1);
        return last.matches("[a-z][-a-z0-9]{0,51}[a-z0-9]") ? of(new ServiceName(last)) : Optional.empty();
    }

    private static Optional<ServiceName> service(String name) {
        return name.endsWith("-") ? Optional.empty() : Optional.of(new ServiceName(name));
    }

    /** What it is called in its space. No service may have such a name where a tenant has previews. */
    public ServiceName name() {
        return new ServiceName(service + "-pr-" + number);
    }

    @Override
    public String toString() {
        return "pull request #" + number + " of " + service;
    }
}
