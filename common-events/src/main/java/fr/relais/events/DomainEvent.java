package fr.relais.events;

/** Something that happened in a care pathway or around it, in the past tense, never to be changed. */
public sealed interface DomainEvent
        permits EncounterEvent, PathwayEvent, CandidateEvent, DirectoryEvent, NotificationEvent {}
