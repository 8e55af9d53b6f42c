/** What runs already becomes a tenant: the files that the platform needs for it, and proof that nothing is deployed anew. */
package io.imaas.app.adopt;
