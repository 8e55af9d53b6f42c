package io.imaas.app.assembly;

import io.imaas.adapter.cel.CelAdmissionPolicies;
import io.imaas.adapter.cel.CelExpressions;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.adapter.mail.MailNotifier;
import io.imaas.adapter.oidc.OidcProvider;
import io.imaas.adapter.oidc.OidcSettings;
import io.imaas.adapter.webhook.WebhookNotifier;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.tenancy.ServiceSettings.Channel;
import io.imaas.port.AdmissionPolicies;
import io.imaas.port.Clock;
import io.imaas.port.Expressions;
import io.imaas.port.IdentityProvider;
import io.imaas.port.Notifier;
import java.nio.file.Path;

/** Single adapters, for doors that need nothing of a platform. */
public final class Adapters {
    private Adapters() {}

    /** Asks admission policies; the same for every platform and tenant. */
    public static AdmissionPolicies admissionPolicies() {
        return new CelAdmissionPolicies();
    }

    /** Evaluates what the platform's gates make of answers. */
    public static Expressions expressions() {
        return new CelExpressions();
    }

    /** Where people log in. */
    public static IdentityProvider identityProvider(OidcSettings settings) {
        return new OidcProvider(settings, Assembly.systemClock());
    }

    /**
     * Tells people outside how runs ended.
     *
     * @param here whether web hooks may lead to this machine: not where tenants write their addresses
     */
    public static Notifier notifier(Clock clock, boolean here) {
        Notifier web = new WebhookNotifier(clock, here);
        Notifier mail = new MailNotifier();
        return (recipient, address, notice) ->
                (recipient.channel() == Channel.MAIL ? mail : web).tell(recipient, address, notice);
    }

    /** The public half of the key in this file, which is made when it is not there. */
    public static SigningKey makeKey(Path file) {
        return new KeyFile(file).publicKey();
    }
}
