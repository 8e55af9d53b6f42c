/** Logins at an identity provider that speaks OpenID Connect. */
package io.imaas.adapter.oidc;
