/** Reviews what people pushed or merged to an environment themselves. */
package io.imaas.plan.review;
