package io.imaas.model.tenancy;

import java.io.Serializable;

/**
 * Why nothing is promoted: on the whole platform, for a tenant or for a service.
 *
 * @param reason empty: promotions go on
 * @param by who stopped it, such as {@code @user}; empty when nobody said so
 */
public record Stop(String reason, String by) implements Serializable {
    /** Promotions go on. */
    public static final Stop NONE = new Stop("", "");

    public boolean isOn() {
        return !reason.isEmpty();
    }
}
