/** What a build keeps of its plans: the plans themselves and what happened, in order, in files beside the build's log. */
package io.imaas.jenkins.run;
