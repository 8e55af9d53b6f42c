package io.imaas.model.request;

import java.io.Serializable;

/** What a plan can be made for. Every door makes the same values, so the same request gives the same plan everywhere. */
public sealed interface PlanRequest extends Serializable
        permits DeliverRequest,
                ReleaseRequest,
                PromoteRequest,
                PathRequest,
                ChartRequest,
                ApproveRequest,
                RollbackRequest,
                ResumeRequest,
                ReviewRequest,
                RolloutRequest,
                RemovePreviewsRequest,
                OnboardRequest {}
