/** Credentials: looked up by id on the controller, in the tenant's folder, at the moment they are needed. */
package io.imaas.jenkins.credentials;
