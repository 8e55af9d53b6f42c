/** What the world is like, as read once before a decision. */
package io.imaas.plan.state;
