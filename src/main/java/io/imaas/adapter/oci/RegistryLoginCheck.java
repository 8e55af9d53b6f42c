package io.imaas.adapter.oci;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRepository;
import io.imaas.port.RegistryLogins.Login;
import java.util.Optional;

/** Logs in to a registry as the distribution specification has it: at {@code /v2/}, with whatever that asks for. */
public final class RegistryLoginCheck {
    private RegistryLoginCheck() {}

    /** @throws FailureException INPUT when the registry refuses the login, or asks nobody for one */
    public static void of(String registry, Login login) {
        RegistryHttp http = new RegistryHttp(any -> Optional.of(login));
        RegistryHttp.Call call = RegistryHttp.Call.of(new ImageRepository(registry, "imaas"), "GET", "/v2/");
        RegistryHttp.Answer answer = http.send(call);
        if (answer.status() == 401) {
            throw FailureException.input(
                    "the registry does not accept this user and password",
                    registry,
                    "check both; many registries want a token here and not the password of the web page");
        }
        if (answer.status() != 200) {
            throw FailureException.input(
                    "no registry answers there, but HTTP " + answer.status(),
                    registry,
                    "check the host; for a server of 'imaas serve' write https:// before it");
        }
        if (!http.loggedIn(call)) {
            throw FailureException.input(
                    "the registry asks nobody to log in, so that the password can't be checked",
                    registry,
                    "use it without a login; if it lets nobody push so, export IMAAS_REGISTRY_HOST, IMAAS_REGISTRY_USER"
                            + " and IMAAS_REGISTRY_PASSWORD");
        }
    }
}
