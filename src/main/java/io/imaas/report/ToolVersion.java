package io.imaas.report;

/** The version that the build wrote into the jar. */
public final class ToolVersion {
    private ToolVersion() {}

    /** {@code 0} for classes that were never packaged. */
    public static String current() {
        String version = ToolVersion.class.getPackage().getImplementationVersion();
        return version == null ? "0" : version;
    }
}
