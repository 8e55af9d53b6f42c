/** What a new tenant gets: the objects of its spaces and the first files of its GitOps repository. */
package io.imaas.plan.onboarding;
