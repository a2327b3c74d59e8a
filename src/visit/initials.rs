//! The initials that a name is found by: 陈志强 by CZQ. The table of readings is not ours: who asks
//! brings the usual initial of a character, the tablet from its browser.

/// Family names that are read otherwise than their character mostly is, each with its initial.
const FAMILY_NAMES: &str = "曾Z单S解X仇Q区O查Z盖G召S种C折S乐Y盛S覃Q褚C翟Z员Y秘B繁P祭Z尉W贾J沈S叶Y缪M牟M阚K谌C逄P冼X车C葛G石S俞Y\
                            朴P宁N任R纪J华H卜B薄B洗X";

/// Family names of two characters that begin otherwise than the first one alone.
const COMPOUND: [(&str, &str); 4] = [("尉迟", "YC"), ("单于", "CY"), ("万俟", "MQ"), ("长孙", "ZS")];

/// Characters that are read otherwise in given names than a table has it.
const GIVEN_NAMES: &str = "晟S茜X";

fn listed(list: &str, character: char) -> Option<char> {
    let mut pairs = list.chars();
    while let (Some(of), Some(initial)) = (pairs.next(), pairs.next()) {
        if of == character {
            return Some(initial);
        }
    }
    None
}

/// The initials of a name's Chinese characters, capitals; none of a name that has none. A first
/// character is a family name where at most four follow each other, as people's names do.
pub fn initials(name: &str, usual: &dyn Fn(char) -> Option<char>) -> String {
    let name: Vec<char> = name.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
    let first: String = name.iter().take(2).collect();
    let compound = COMPOUND.iter().find(|(family, _)| *family == first && name.len() > 2);
    let mut initials = compound.map_or(String::new(), |(_, initials)| (*initials).to_owned());
    for (at, character) in name.iter().enumerate().skip(initials.len()) {
        let family = if at == 0 && name.len() <= 4 { listed(FAMILY_NAMES, *character) } else { None };
        let read = family.or_else(|| listed(GIVEN_NAMES, *character)).or_else(|| usual(*character));
        initials.extend(read);
    }
    initials
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A few characters as a table has them, without what family names make of them.
    fn usual(character: char) -> Option<char> {
        listed("陈C志Z强Q曾C单D解J仇C区Q查C小X明M迟C长C孙S国G于Y欧O阳Y晟C", character)
    }

    #[test]
    fn a_name_is_found_by_its_initials_and_family_names_by_their_own_reading() {
        for (name, found) in [
            ("陈志强", "CZQ"),
            ("曾小明", "ZXM"),
            ("单志强", "SZQ"),
            ("解小明", "XXM"),
            ("仇国强", "QGQ"),
            ("区志明", "OZM"),
            ("查小明", "ZXM"),
            ("尉迟小明", "YCXM"),
            ("长孙志", "ZSZ"),
            ("欧阳志强", "OYZQ"),
            ("陈晟", "CS"),
        ] {
            assert_eq!(initials(name, &usual), found, "{name}");
        }
    }

    #[test]
    fn only_a_family_name_is_read_as_one_and_what_is_no_character_has_no_initial() {
        assert_eq!(initials("陈曾", &usual), "CC", "in a given name it is read as usual");
        assert_eq!(initials("单于", &usual), "SY", "two characters are one and one");
        assert_eq!(initials("Chen 陈·志 3", &usual), "CZ");
        assert_eq!(initials("龘", &usual), "");
        assert_eq!(initials("Anna Weber", &usual), "");
    }
}
