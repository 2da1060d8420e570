using System.Text.Json.Serialization;

namespace LeadPredict.Features.Sources;

/// <summary>Where a feature's value comes from. Data only, written to JSON with the discriminator <c>kind</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AttributeNumber), "attributeNumber")]
[JsonDerivedType(typeof(AttributeBoolean), "attributeBoolean")]
[JsonDerivedType(typeof(AttributeCategory), "attributeCategory")]
[JsonDerivedType(typeof(AttributeDate), "attributeDate")]
[JsonDerivedType(typeof(JobTitleSeniority), "jobTitleSeniority")]
[JsonDerivedType(typeof(JobTitleDepartment), "jobTitleDepartment")]
[JsonDerivedType(typeof(EmailDomain), "emailDomain")]
[JsonDerivedType(typeof(LeadSource), "leadSource")]
[JsonDerivedType(typeof(LeadAge), "leadAge")]
[JsonDerivedType(typeof(TouchCount), "touchCount")]
[JsonDerivedType(typeof(TouchRecency), "touchRecency")]
[JsonDerivedType(typeof(ActiveDays), "activeDays")]
[JsonDerivedType(typeof(ActivityTrend), "activityTrend")]
[JsonDerivedType(typeof(CurrentStage), "currentStage")]
[JsonDerivedType(typeof(TimeInStage), "timeInStage")]
[JsonDerivedType(typeof(StageVelocity), "stageVelocity")]
[JsonDerivedType(typeof(EarlierEntries), "earlierEntries")]
[JsonDerivedType(typeof(AccountActivity), "accountActivity")]
public abstract record FeatureSource;
