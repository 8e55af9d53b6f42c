package io.imaas.adapter.argocd.machine;

/** Where an application's manifests come from. */
public record Source(String repository, String path, String targetRevision) {
    /** Whether two URLs name one repository: scheme, user, a trailing {@code .git} or slash and letter case don't count. */
    public static boolean sameRepository(String one, String other) {
        return normal(one).equals(normal(other));
    }

    private static String normal(String url) {
        String text = url.toLowerCase(java.util.Locale.ROOT).replaceFirst("^[a-z+]+://", "");
        text = text.replaceFirst("^[^@/]*@", "").replaceFirst("^([^/:]+):(?!\\d+/)", "$1/");
        return text.replaceAll("/+$", "").replaceAll("\\.git$", "");
    }
}
