import { stem } from './stem.ts';

const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Words that say nothing about what is asked for. */
export const stopWords = list(`
  a about above actually after again ah ahead all almost already also although always am an and another any anybody
  anyone anything anyway are around as ask asked asking at away be because been before being below between both but by
  came can cannot cant could couldnt did didnt do does doesnt doing done dont during each either else enough etc
  even ever every everyone everything exactly few for from further get gets getting give given gives go goes going got
  gotten guess had has hasnt have havent having he hello help her here hers hey hi him his how however i id if ill im in
  indeed instead into is isnt it its itself ive just kind know let lets like liked likes likely little look looking looks lot lots
  make makes making many may maybe me mean might mine more most much must my myself need needed needs neither never no
  nobody none nor not nothing now of off often oh ok okay on once one ones only onto or other others ought our ours out
  over own own perhaps please possible possibly pretty probably put quite rather really recommend right said same say
  see seem seems shall she should show shows since so some somebody somehow someone something sort still such suggest
  sure take taking tell than thank thanks that thats the their theirs them then there theres these they thing things
  think this those though thought through to together told too toward try trying type under until up upon us use used
  uses using usually very via want wanted wants was way we well went were what whats whatever when where whether which
  while who whom whose why will wish with within without wont work works would wouldnt yeah yes yet you your youre yours
  stuff bit sell sells selling sold buy buying bought purchase find found
  search searching interested item items product products option options good great nice best better perfect ideal
  suitable decent proper favourite favorite cool lovely recommendation recommendations suggestion suggestions
  rid accessory accessories equipment gear article articles available come comes came keep keeps keeping allow able`);

/**
 * Words of people, places and times in which a thing is used, and verbs that fit any thing. They count for little where
 * the catalogue has them, and for nothing where it has not: an unknown word among them makes no question unanswerable.
 */
export const lightWords = list(`
  age ago alone always amount anniversary apartment area arrive aunt autumn baby back bad beautiful bedroom beginner big
  birthday boy boyfriend breakfast brother budget busy buddy care carrying case cheap child children christmas city clean
  clever close colleague colour color comfortable comfy country couple cousin cute dad daily daughter day days dear
  dinner direction easily easy elderly end evening everyday expensive face family fancy fast father feel feels fill fit
  fits fix flat friend friends full fun garage gentle gift gifts girl girlfriend girls grandma grandmother grandpa
  grandfather granny guest guests guy hallway hand hands handy happen happy hard hate hold holds holding holiday holidays
  home hot house huge husband idea ideas kid kids kitchen lady large last lately later leave leaving level life light
  live lives living long longer look love loves lunch mainly man medium men mess middle mind minute model mom moment
  month months morning mother move moving mum nephew new next niece night nights normal office old older outdoor outdoors
  outside pack packed parent parents part party people person piece place places plan plain planning play plus present
  presents price quality quick quickly quiet ready real reliable room rooms run safe save school serious set short side
  sit size small smaller sister solid solution somewhere son soon space special spend spring start starting stay stays
  strong student style summer teenager thin tiny time times tired today together tonight tool toddler tough town travel
  trip trips uncle usual useful vacation warm wear week weekend weeks whole wife winter woman women wonder wondering
  world year years yesterday young bother annoying annoyed keen fond hobby stop stops stopping prevent protect protects
  protecting avoid without avoiding improve deal dealing happens wrong problem problems trouble issue issues bigger
  larger largest smallest biggest lighter lightest heavy heavier else different similar kinds types sorts range
  collection selection everything interested enjoy enjoys enjoying starts tends tend constantly keeps kept falling fall
  falls goes won already currently whilst near nearby single double extra simple simply basic modern classic cosy cozy
  handmade natural affordable reasonable worth down cost costs euro euros eur bring order orders ordered
  stock shop store offer offers carry gadget gadgets gizmo vessel contraption`);

const lightStems: ReadonlySet<string> = new Set([...lightWords].map(stem));

export function isLightWord(word: string): boolean {
  return lightStems.has(stem(word));
}
