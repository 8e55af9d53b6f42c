package io.imaas.cli.settings;

/**
 * A value that was not given on the command line.
 *
 * @param source where it is from, for people
 */
public record Filled(Setting setting, String value, Origin origin, String source) {
    /** The strongest first. */
    public enum Origin {
        VARIABLE,
        CHECKOUT,
        PROFILE
    }

    /** As on a command line, with its source. Secrets are not shown. */
    public String sentence() {
        boolean secret = setting == Setting.SLACK
                || setting.key().endsWith("token")
                || setting.key().endsWith("password");
        return "--" + setting.key() + " " + (secret ? "****" : value) + " (" + source + ")";
    }
}
