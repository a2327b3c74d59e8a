//! The people of a visit: who brings the car, who owns it, whom to call, who may sign. Mostly one
//! person is all of them; what is not said falls back to who brings the car.

use super::customer::{PersonName, Phone, Relation};
use super::signature::SignedAs;
use super::{Change, Key, Visit, answered};
use crate::record::named;

named! {
    /// A person beside who brings the car.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum PersonRole {
        /// 车主
        Owner = "owner",
        /// 联系人
        Contact = "contact",
        /// 受托人: signs with the owner's authority
        Authorised = "authorised",
    }
}

named! {
    /// Whom to call about this visit.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ContactIs {
        /// Who brings the car.
        Bringer = "bringer",
        /// 车主
        Owner = "owner",
        /// Somebody else, with name and phone of their own.
        Other = "other",
    }
}

impl ContactIs {
    /// In the order of offering.
    pub const ALL: [Self; 3] = [Self::Bringer, Self::Owner, Self::Other];
}

/// What is known of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person<'a> {
    /// 姓名
    pub name: Option<&'a PersonName>,
    /// 电话
    pub phone: Option<&'a Phone>,
    /// To the owner.
    pub relation: Option<Relation>,
}

/// Somebody who may sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaySign<'a> {
    /// As what.
    pub signed_as: SignedAs,
    /// Who.
    pub person: Person<'a>,
}

impl Visit {
    /// 送修人: who brings the car.
    pub fn bringer(&self) -> Person<'_> {
        Person { name: self.customer(), phone: self.phone(), relation: self.relation() }
    }

    /// Whether who brings the car owns it; nothing said is yes.
    pub fn owner_brings_it(&self) -> bool {
        self.relation().is_none_or(|relation| relation == Relation::Owner)
    }

    /// A person beside who brings the car, as they were named.
    pub fn person(&self, role: PersonRole) -> Person<'_> {
        let name = answered!(self, Key::PersonName(role), PersonNamed, name);
        let phone = answered!(self, Key::PersonPhone(role), PersonPhoned, phone);
        let relation = answered!(self, Key::PersonRelation(role), PersonRelated, relation).copied();
        Person {
            name: name.and_then(|name| name.value()),
            phone: phone.and_then(|phone| phone.value()),
            relation: if role == PersonRole::Owner { Some(Relation::Owner) } else { relation },
        }
    }

    /// 车主
    pub fn owner(&self) -> Person<'_> {
        if self.owner_brings_it() { self.bringer() } else { self.person(PersonRole::Owner) }
    }

    /// Which of them is to be called.
    pub fn contact_is(&self) -> ContactIs {
        answered!(self, Key::Contact, ContactChosen, contact).copied().unwrap_or(ContactIs::Bringer)
    }

    /// 联系人
    pub fn contact(&self) -> Person<'_> {
        match self.contact_is() {
            ContactIs::Bringer => self.bringer(),
            ContactIs::Owner => self.owner(),
            ContactIs::Other => self.person(PersonRole::Contact),
        }
    }

    /// Those beside who brings the car whom this visit needs, each once.
    pub fn people_beside(&self) -> Vec<PersonRole> {
        let needed = |role: &PersonRole| match role {
            PersonRole::Owner => !self.owner_brings_it(),
            PersonRole::Contact => self.contact_is() == ContactIs::Other,
            PersonRole::Authorised => self.may_sign(SignedAs::Authorised),
        };
        let roles = [PersonRole::Owner, PersonRole::Contact, PersonRole::Authorised];
        roles.into_iter().filter(needed).filter(|role| self.person(*role).name.is_some()).collect()
    }

    /// Whether somebody may sign as this: an answer; where there is none the owner and who brings the
    /// car may, anybody else only once the owner's authority is noted.
    pub fn may_sign(&self, signed_as: SignedAs) -> bool {
        answered!(self, Key::MaySign(signed_as), SigningAllowed, allowed)
            .copied()
            .unwrap_or(signed_as != SignedAs::Authorised)
    }

    /// Who may sign, who stands at the car first. Where the owner brings the car they are one person.
    pub fn who_may_sign(&self) -> Vec<MaySign<'_>> {
        let bringer = (SignedAs::Deliverer, self.bringer());
        let owner = (SignedAs::Owner, self.owner());
        let authorised = (SignedAs::Authorised, self.person(PersonRole::Authorised));
        let one_person = self.owner_brings_it();
        [bringer, owner, authorised]
            .into_iter()
            .filter(|(signed_as, _)| !(one_person && *signed_as == SignedAs::Deliverer))
            .filter(|(signed_as, person)| {
                self.may_sign(*signed_as) && (*signed_as != SignedAs::Authorised || person.name.is_some())
            })
            .map(|(signed_as, person)| MaySign { signed_as, person })
            .collect()
    }

    /// Another than the owner brings the car, and still stands under the owner's name and phone.
    pub fn bringer_has_the_owners_name(&self) -> bool {
        let (owner, bringer) = (self.owner(), self.bringer());
        !self.owner_brings_it()
            && owner.name.is_some()
            && (owner.name, owner.phone) == (bringer.name, bringer.phone)
    }

    /// What is written where the relation of who brings the car is said: who stood there as the owner
    /// stays the owner, and no name is typed twice.
    pub fn brought_by(&self, relation: Relation) -> Vec<Change> {
        let mut changes = vec![Change::RelationGiven { relation }];
        let role = PersonRole::Owner;
        if relation != Relation::Owner && self.owner_brings_it() && self.person(role).name.is_none() {
            changes
                .extend(self.customer().map(|name| Change::PersonNamed { role, name: name.clone().into() }));
            changes
                .extend(self.phone().map(|phone| Change::PersonPhoned { role, phone: phone.clone().into() }));
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Tablet, name, ready};
    use super::*;
    use crate::visit::check_in::CheckInGap;

    fn brought_by(relation: Relation) -> (Tablet, Visit) {
        let mut tablet = Tablet::new(1);
        let mut visit = ready(&mut tablet);
        for change in visit.brought_by(relation) {
            tablet.write(&mut visit, change);
        }
        (tablet, visit)
    }

    fn said(person: Person) -> (String, String) {
        let text = |text: Option<String>| text.unwrap_or_default();
        (text(person.name.map(ToString::to_string)), text(person.phone.map(ToString::to_string)))
    }

    #[test]
    fn one_person_is_owner_bringer_and_contact_until_something_else_is_said() {
        let visit = ready(&mut Tablet::new(1));
        assert_eq!(said(visit.owner()), ("陈志远".into(), "13800135621".into()));
        assert_eq!(visit.contact(), visit.bringer());
        let may: Vec<SignedAs> = visit.who_may_sign().iter().map(|person| person.signed_as).collect();
        assert_eq!(may, [SignedAs::Owner]);
        assert_eq!(visit.signs_as(), SignedAs::Owner);
    }

    #[test]
    fn a_driver_brings_the_owners_car_and_the_owner_stays_who_they_were() {
        let (mut tablet, mut visit) = brought_by(Relation::Driver);
        assert_eq!(said(visit.owner()), ("陈志远".into(), "13800135621".into()));
        assert!(visit.check_in_gaps(&[]).contains(&CheckInGap::Owner), "who brings it has no name yet");
        tablet.write(&mut visit, Change::CustomerNamed { name: name("李强").into() });
        assert!(!visit.check_in_gaps(&[]).contains(&CheckInGap::Owner));
        assert_eq!(said(visit.bringer()).0, "李强");
        assert_eq!(visit.signs_as(), SignedAs::Deliverer);
        // Taken back: one person again, whoever that is now.
        for change in visit.brought_by(Relation::Owner) {
            tablet.write(&mut visit, change);
        }
        assert_eq!(said(visit.owner()).0, "李强");
    }

    #[test]
    fn who_may_sign_is_an_answer_and_nobody_is_a_gap() {
        let (mut tablet, mut visit) = brought_by(Relation::Driver);
        tablet.write(&mut visit, Change::CustomerNamed { name: name("李强").into() });
        let roles = |visit: &Visit| -> Vec<SignedAs> {
            visit.who_may_sign().iter().map(|person| person.signed_as).collect()
        };
        assert_eq!(roles(&visit), [SignedAs::Deliverer, SignedAs::Owner]);
        let no = |signer| Change::SigningAllowed { signer, allowed: false };
        tablet.write(&mut visit, no(SignedAs::Deliverer));
        assert_eq!(roles(&visit), [SignedAs::Owner]);
        tablet.write(&mut visit, no(SignedAs::Owner));
        assert!(visit.check_in_gaps(&[]).contains(&CheckInGap::Signer));
        // Authority alone is not enough: it belongs to somebody.
        let signer = SignedAs::Authorised;
        tablet.write(&mut visit, Change::SigningAllowed { signer, allowed: true });
        assert!(visit.who_may_sign().is_empty());
        let role = PersonRole::Authorised;
        tablet.write(&mut visit, Change::PersonNamed { role, name: name("王芳").into() });
        assert_eq!(visit.signs_as(), SignedAs::Authorised);
        assert_eq!(said(visit.who_may_sign()[0].person).0, "王芳");
    }

    #[test]
    fn who_else_is_named_after_signing_asks_for_a_new_signature() {
        let mut tablet = Tablet::new(1);
        let mut visit = ready(&mut tablet);
        let sheet = crate::documents::Sheet::of(&visit, &crate::catalogue::Catalogue::standard());
        let signing = visit.sign_check_in(super::super::tests::hand(), sheet).expect("nothing is missing");
        tablet.draft(&mut visit, signing.draft);
        let changed = |visit: &Visit| visit.changed_since(&visit.signed_check_ins()[0]);
        assert!(changed(&visit).is_empty());
        let role = PersonRole::Contact;
        tablet.write(&mut visit, Change::PersonNamed { role, name: name("王芳").into() });
        assert!(changed(&visit).is_empty(), "nobody calls them yet");
        tablet.write(&mut visit, Change::ContactChosen { contact: ContactIs::Other });
        assert_eq!(changed(&visit), ["answers"]);
        tablet.write(&mut visit, Change::ContactChosen { contact: ContactIs::Bringer });
        assert!(changed(&visit).is_empty());
    }

    #[test]
    fn somebody_else_can_be_called_than_who_brings_the_car() {
        let (mut tablet, mut visit) = brought_by(Relation::Family);
        tablet.write(&mut visit, Change::CustomerNamed { name: name("李强").into() });
        tablet.write(&mut visit, Change::ContactChosen { contact: ContactIs::Owner });
        assert_eq!(said(visit.contact()).0, "陈志远");
        tablet.write(&mut visit, Change::ContactChosen { contact: ContactIs::Other });
        assert_eq!(said(visit.contact()), Default::default());
        let role = PersonRole::Contact;
        tablet.write(&mut visit, Change::PersonNamed { role, name: name("王芳").into() });
        let phone = Phone::read("0755-26551234").value().expect("a phone");
        tablet.write(&mut visit, Change::PersonPhoned { role, phone: phone.into() });
        tablet.write(&mut visit, Change::PersonRelated { role, relation: Relation::Family });
        assert_eq!(said(visit.contact()), ("王芳".into(), "075526551234".into()));
        assert_eq!(visit.contact().relation, Some(Relation::Family));
    }
}
