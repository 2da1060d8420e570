namespace LeadPredict.Storage.People;

/// <summary>Somebody is to be forgotten by who only shares the lock on people. It cannot be had alone any more, as two who share it would wait for each other: the work begins anew with it.</summary>
internal sealed class PeopleSharedException : Exception;
