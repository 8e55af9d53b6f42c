/** Gates: conditions that are checked before something reaches an environment. */
package io.imaas.plan.gate;
