import helmet from 'helmet'
import { styleHash } from '../../show/pages/style.ts'

/** The headers that guard our pages. On our own answers only: a host application that mounts this one has rules of its own. */
export const security = guard({})
/** For a page that has a script of our own; where foreign text is shown, there is none. */
export const securityWithScript = guard({ 'script-src': ["'self'"] })

function guard(more: Readonly<Record<string, string[]>>): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': [styleHash],
        // An article's media lie where its source put them.
        'img-src': ['http:', 'https:'],
        'media-src': ['http:', 'https:'],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
        ...more,
      },
    },
    // Whether the whole domain is to be asked by TLS only is for those who run its TLS to say.
    strictTransportSecurity: false,
    // They keep windows and frames apart, of which there are none; over plain HTTP browsers complain of them.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    // ninjs is for everybody's programs.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  })
}
