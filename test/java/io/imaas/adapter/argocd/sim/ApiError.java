package io.imaas.adapter.argocd.sim;

/** What the API server answers instead. */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int http;
    private final int code;

    public ApiError(int http, int code, String message) {
        super(message);
        this.http = http;
        this.code = code;
    }

    public int http() {
        return http;
    }

    public int code() {
        return code;
    }

    static ApiError denied(String what) {
        return new ApiError(403, 7, "permission denied" + (what.isEmpty() ? "" : ": " + what));
    }

    static ApiError window() {
        return new ApiError(403, 7, "cannot sync: blocked by sync window");
    }

    static ApiError notFound(String name) {
        return new ApiError(404, 5, "applications.argoproj.io \"" + name + "\" not found");
    }

    static ApiError precondition(String what) {
        return new ApiError(400, 9, what);
    }

    static ApiError invalid(String what) {
        return new ApiError(400, 3, what);
    }
}
